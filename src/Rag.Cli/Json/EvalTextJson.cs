namespace Rag.Cli.Json;

/// <summary>What <c>rag eval text</c> prints.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Value">Of all lines together.</param>
/// <param name="PerLine">Of each line, in order.</param>
internal sealed record EvalTextJson(string Metric, double Value, IReadOnlyList<double> PerLine);
