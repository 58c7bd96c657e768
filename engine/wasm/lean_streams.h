// Stands before every source that reads YAML, in the browser's build alone. yaml-cpp takes its text through std::istream and
// words its faults with std::stringstream; libc++'s ones bring every locale facet along, a sixth of the engine, for reading
// bytes out of memory and writing whole numbers. These have what yaml-cpp uses of them, and the names are exchanged.
#pragma once

#include <iomanip>
#include <iostream>
#include <istream>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>

namespace std {

class lean_streambuf {
 public:
  using traits = char_traits<char>;
  lean_streambuf() = default;
  lean_streambuf(const lean_streambuf&) = delete;
  lean_streambuf& operator=(const lean_streambuf&) = delete;

  traits::int_type sbumpc() { return at_ == end_ ? traits::eof() : traits::to_int_type(*at_++); }
  void sungetc() {
    if (at_ != begin_) --at_;
  }
  streamsize sgetn(char* to, streamsize most) {
    const streamsize count = end_ - at_ < most ? end_ - at_ : most;
    traits::copy(to, at_, static_cast<size_t>(count));
    at_ += count;
    return count;
  }

 protected:
  void setg(char* begin, char* at, char* end) { begin_ = begin, at_ = at, end_ = end; }

 private:
  const char *begin_ = nullptr, *at_ = nullptr, *end_ = nullptr;
};

class lean_istream {
 public:
  using traits_type = char_traits<char>;
  using int_type = traits_type::int_type;

  explicit lean_istream(lean_streambuf* buffer) : buffer_(buffer) {}
  lean_streambuf* rdbuf() const { return buffer_; }
  explicit operator bool() const { return good_; }
  bool operator!() const { return !good_; }
  bool good() const { return good_; }
  void clear() { good_ = true; }
  void setstate(ios_base::iostate) { good_ = false; }
  int_type get() {
    const int_type byte = buffer_->sbumpc();
    good_ = good_ && byte != traits_type::eof();
    return byte;
  }
  lean_istream& putback(char) {
    buffer_->sungetc();
    return *this;
  }

 private:
  lean_streambuf* buffer_;
  bool good_ = true;
};

class lean_ostream {
 public:
  lean_ostream& operator<<(const string& text) { return add(text); }
  lean_ostream& operator<<(const char* text) { return add(text); }
  lean_ostream& operator<<(char c) { return add(string(1, c)); }
  lean_ostream& operator<<(int number) { return add(to_string(number)); }
  lean_ostream& operator<<(unsigned number) { return add(to_string(number)); }
  string str() const { return text_; }

 private:
  lean_ostream& add(const string& text) {
    text_ += text;
    return *this;
  }
  string text_;
};

class lean_stringstream : public lean_ostream {
 public:
  lean_stringstream() = default;
  explicit lean_stringstream(const string& text) : read_(text) {}
  int get() { return at_ < read_.size() ? static_cast<unsigned char>(read_[at_++]) : fail(); }
  int peek() const { return at_ < read_.size() ? static_cast<unsigned char>(read_[at_]) : char_traits<char>::eof(); }
  bool operator!() const { return failed_; }
  lean_stringstream& operator>>(int& number) {
    if (peek() < '0' || peek() > '9') fail();
    for (number = 0; peek() >= '0' && peek() <= '9' && number < 1'000'000;) number = number * 10 + (read_[at_++] - '0');
    return *this;
  }

 private:
  int fail() {
    failed_ = true;
    return char_traits<char>::eof();
  }
  string read_;
  size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace std

#define istream lean_istream
#define ostream lean_ostream
#define streambuf lean_streambuf
#define stringstream lean_stringstream
