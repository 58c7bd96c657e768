// In place of two packages of fhirclient: a log that could write tokens to the console, and a cryptography for old browsers, which
// would install some hundred packages more. As a package of that name it is what npm gives to fhirclient, with npm 9, too, which
// cannot replace a package by one of another name.
const silent = () => {};
silent.extend = () => silent;
module.exports = () => silent;
