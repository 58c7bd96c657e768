// Numbers between text and double, alike in every build.
#pragma once

#include <string>

namespace waymark::text {

// The value of a decimal numeral, which must be one.
double value_of(const std::string& numeral);

// A finite number with at most six decimals, the last one rounded to even: what printf's %f writes, without the zeros at its
// end. Not by printf, which with its decimals of every length is a fiftieth of the browser's engine.
std::string decimal(double number);

}  // namespace waymark::text
