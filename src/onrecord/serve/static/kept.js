// What a reader chose, kept in the browser; without storage it holds for the page.
export function kept(name, otherwise) {
  try { return localStorage.getItem(name) ?? otherwise; } catch { return otherwise; }
}
export function keep(name, value) {
  try { localStorage.setItem(name, value); } catch { /* it holds for the page only */ }
}
