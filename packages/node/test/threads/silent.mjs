// Exposes no objective, and stays.
setInterval(() => {}, 1_000);
