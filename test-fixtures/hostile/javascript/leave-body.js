// Tries: to close the function and go on behind it
// Label: syntax-error
return 42; }
console.log(1);
{
