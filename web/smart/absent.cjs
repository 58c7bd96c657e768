// In place of two packages of fhirclient: a log that could write tokens to the console, and a cryptography for old browsers.
const silent = () => {};
silent.extend = () => silent;
module.exports = () => silent;
