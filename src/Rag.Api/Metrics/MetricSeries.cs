using System.Diagnostics.Metrics;
using System.Globalization;

namespace Rag.Api.Metrics;

/// <summary>One instrument in Prometheus' text format, with a series for each set of labels. Safe for concurrent use.</summary>
internal sealed class MetricSeries
{
    // What tells the sets apart comes from routes and enumerations; more than this is a fault, and must not eat the memory.
    private const int MaxSets = 500;

    private const string Overflow = "otel_metric_overflow=\"true\"";

    // Where the instrument does not say: as OpenTelemetry's conventions have them for models.
    private static readonly double[] s_seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly double[] s_counts = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    private readonly SortedDictionary<string, Totals> _sets = new(StringComparer.Ordinal);
    private readonly string _name, _kind, _help;
    private readonly IReadOnlyList<double> _bounds = [];

    public MetricSeries(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        (_name, _help) = (NameOf(instrument), (instrument.Description ?? "").Replace('\n', ' '));
        _kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram" : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter" : "gauge";
        Sums = type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("UpDownCounter", StringComparison.Ordinal);
        if (_kind == "histogram")
        {
            _bounds = instrument switch
            {
                Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
                Instrument<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
                Instrument<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
                { Unit: "s" } => s_seconds,
                _ => s_counts,
            };
        }
    }

    // Otherwise a measurement is the whole.
    private bool Sums { get; }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (_sets)
        {
            labels = _sets.ContainsKey(labels) || _sets.Count < MaxSets ? labels : Overflow;
            if (!_sets.TryGetValue(labels, out var totals))
            {
                _sets[labels] = totals = new(new long[_bounds.Count]);
            }

            totals.Count++;
            totals.Sum = _kind == "histogram" || Sums ? totals.Sum + value : value;
            for (var i = 0; i < _bounds.Count; i++)
            {
                totals.AtMost[i] += value <= _bounds[i] ? 1 : 0;
            }
        }
    }

    public void Write(TextWriter text)
    {
        lock (_sets)
        {
            if (_sets.Count == 0)
            {
                return;
            }

            text.Write($"# HELP {_name} {_help.Replace("\\", @"\\", StringComparison.Ordinal)}\n# TYPE {_name} {_kind}\n");
            foreach (var (labels, totals) in _sets)
            {
                if (_kind != "histogram")
                {
                    Line("", labels, totals.Sum);
                    continue;
                }

                for (var i = 0; i < _bounds.Count; i++)
                {
                    Line("_bucket", Joined(labels, $"le=\"{Number(_bounds[i])}\""), totals.AtMost[i]);
                }

                Line("_bucket", Joined(labels, "le=\"+Inf\""), totals.Count);
                Line("_sum", labels, totals.Sum);
                Line("_count", labels, totals.Count);
            }
        }

        void Line(string suffix, string labels, double value) => text.Write($"{_name}{suffix}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {Number(value)}\n");
    }

    // rag.jobs.waiting in {job} is rag_jobs_waiting, a duration in s ends with _seconds, a count with _total.
    private static string NameOf(Instrument instrument)
    {
        var name = Plain(instrument.Name) + (instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" });
        return instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal) || instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            labels.Add($"{Plain(name)}=\"{Escaped(value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"");
        }

        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Escaped(string value) => value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Joined(string labels, string last) => labels.Length == 0 ? last : $"{labels},{last}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Totals(long[] atMost)
    {
        public long[] AtMost => atMost;

        public long Count { get; set; }

        public double Sum { get; set; }
    }
}
