// Before anything is drawn: the person's choice of light or dark, else the system's.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("rag-theme"); } catch { return null; } };
  const apply = () => { root.dataset.theme = chosen() ?? (system.matches ? "dark" : "light"); };

  apply();
  system.addEventListener("change", apply);
  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const label = () => { button.textContent = root.dataset.theme === "dark" ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${button.textContent.toLowerCase()} colours`); };
    label();
    system.addEventListener("change", label);
    button.addEventListener("click", () => {
      const next = root.dataset.theme === "dark" ? "light" : "dark";
      try { localStorage.setItem("rag-theme", next); } catch { /* kept for this visit only */ }
      root.dataset.theme = next;
      label();
    });
  });
})();
