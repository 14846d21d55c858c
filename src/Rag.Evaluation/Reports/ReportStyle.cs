namespace Rag.Evaluation.Reports;

/// <summary>How the page looks: light or dark as the reader's system is, one column, nothing loaded from anywhere.</summary>
internal static class ReportStyle
{
    // No '<', '>' or '&' may stand in it: the tree that it becomes a node of would escape them.
    public const string Css = """

        :root {
          color-scheme: light dark;
          --page: light-dark(#ffffff, #15171a); --ink: light-dark(#1b1d21, #e8e9ea); --soft: light-dark(#5d646e, #9ba2ab);
          --rule: light-dark(#e3e5e8, #2d3136); --zero: light-dark(#9aa1a9, #6b727b);
          --c0: light-dark(#2a78d6, #5598e7); --c1: light-dark(#d9591f, #ef8455); --c2: light-dark(#12875d, #2fb283); --c3: light-dark(#8c6300, #d9a520);
          --c4: light-dark(#5b46c4, #9a8cf0); --c5: light-dark(#c22f3e, #ea6d78); --c6: light-dark(#b64484, #e07fb4); --c7: light-dark(#2b7d8c, #59b4c3);
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 66rem; padding: 2.5rem 1.5rem 4rem; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; font-weight: 650; }
        h2 { font-size: 1.3rem; margin: 3rem 0 0; padding-top: 1.5rem; border-top: 1px solid var(--rule); font-weight: 650; }
        h3 { font-size: 1rem; margin: 2.25rem 0 .5rem; font-weight: 650; }
        p { margin: .35rem 0; max-width: 48rem; }
        .soft, th, .range { color: var(--soft); }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding: 1.25rem 0 .35rem; color: var(--ink); font-weight: 650; }
        th { font-weight: 500; text-align: right; white-space: nowrap; }
        th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--rule); text-align: right; vertical-align: top; }
        tr:last-child td { border-bottom: 0; }
        th:first-child, td:first-child, .text { text-align: left; padding-left: 0; }
        th:last-child, td:last-child { padding-right: 0; }
        td.text { min-width: 14rem; overflow-wrap: anywhere; }
        td.name { overflow-wrap: anywhere; min-width: 8.5rem; }
        .range { display: block; font-size: .78rem; white-space: nowrap; }
        .best { font-weight: 650; }
        .verdict { white-space: nowrap; }
        .better { color: var(--c0); font-weight: 650; }
        .worse { color: var(--c1); font-weight: 650; }
        .key { display: inline-block; width: .7rem; height: .7rem; border-radius: 50%; margin-right: .5rem; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 0 3rem; }
        figure { margin: 0; min-width: 0; }
        figcaption { margin: 2.25rem 0 .5rem; color: var(--ink); font-weight: 650; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--soft); font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; }
        td svg { width: 120px; height: 20px; margin-left: auto; }
        .grid { stroke: var(--rule); } .even { stroke: var(--zero); stroke-dasharray: 3 3; } .zero { stroke: var(--zero); }
        .interval { stroke: var(--ink); stroke-width: 1.5; } .mean { fill: var(--ink); }
        path.won { fill: var(--c0); } path.lost { fill: var(--c1); }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .c0 { fill: var(--c0); stroke: var(--c0); background: var(--c0); } .c1 { fill: var(--c1); stroke: var(--c1); background: var(--c1); }
        .c2 { fill: var(--c2); stroke: var(--c2); background: var(--c2); } .c3 { fill: var(--c3); stroke: var(--c3); background: var(--c3); }
        .c4 { fill: var(--c4); stroke: var(--c4); background: var(--c4); } .c5 { fill: var(--c5); stroke: var(--c5); background: var(--c5); }
        .c6 { fill: var(--c6); stroke: var(--c6); background: var(--c6); } .c7 { fill: var(--c7); stroke: var(--c7); background: var(--c7); }
        path.line { fill: none; }
        footer { margin-top: 3.5rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); font-size: .9rem; color: var(--soft); }

        """;
}
