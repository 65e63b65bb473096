// Runs before the first paint, so that a chosen theme does not flash. Without a choice the system's holds.
try {
  const theme = localStorage.getItem("optune-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage, no choice to keep.
}
