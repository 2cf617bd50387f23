// Tries: to leave timers behind
// Label: failed
setInterval(() => {}, 1000);
return 41;
