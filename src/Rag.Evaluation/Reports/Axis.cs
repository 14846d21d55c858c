using System.Xml.Linq;

namespace Rag.Evaluation.Reports;

/// <summary>Numbers to places along one side of a plot.</summary>
/// <param name="Least">The number at <paramref name="From"/>.</param>
/// <param name="Most">The number at <paramref name="To"/>, above <paramref name="Least"/>.</param>
/// <param name="From">Place of the least number.</param>
/// <param name="To">Place of the greatest number; may be less than <paramref name="From"/>, as y grows downwards.</param>
internal sealed record Axis(double Least, double Most, double From, double To)
{
    /// <summary>Whether equal steps are equal factors; the numbers are then above 0.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>An axis of round numbers around some values.</summary>
    public static Axis Around(IReadOnlyCollection<double> values, double from, double to)
    {
        var (least, most) = (values.Min(), values.Max());
        var step = Step(Math.Max(most - least, 1e-6));
        return new(Math.Floor(least / step) * step, (Math.Floor(most / step) + 1) * step, from, to);
    }

    /// <summary>An axis of powers of ten around some values above 0.</summary>
    public static Axis AroundLogarithmic(IReadOnlyCollection<double> values, double from, double to) =>
        new(Math.Pow(10, Math.Floor(Math.Log10(values.Min()))), Math.Pow(10, Math.Floor(Math.Log10(values.Max())) + 1), from, to) { IsLogarithmic = true };

    /// <summary>The place of a number.</summary>
    public double Place(double value) => From + ((To - From) * (IsLogarithmic ? Math.Log(value / Least) / Math.Log(Most / Least) : (value - Least) / (Most - Least)));

    /// <summary>Round numbers on the axis, with their texts.</summary>
    public IEnumerable<(double Value, string Text)> Ticks()
    {
        if (IsLogarithmic)
        {
            for (var power = Least; power <= Most * 1.000001; power *= 10)
            {
                yield return (power, Html.Text($"{power:0.######}"));
            }

            yield break;
        }

        var step = Step(Most - Least);
        for (var i = (long)Math.Ceiling((Least / step) - 1e-6); i * step <= Most + (step * 1e-6); i++)
        {
            yield return (i * step, Html.Text($"{i * step:0.######;−0.######;0}"));
        }
    }

    /// <summary>The horizontal lines of a y axis with their numbers.</summary>
    public IEnumerable<XElement> Rows(double left, double right) => Ticks().SelectMany(t => (XElement[])
    [
        Svg.Line(left, Place(t.Value), right, Place(t.Value), t.Value == 0 ? "zero" : "grid"),
        Svg.Label(left - 8, Place(t.Value) + 4, t.Text, "end"),
    ]);

    /// <summary>The numbers below an x axis.</summary>
    public IEnumerable<XElement> Columns(double bottom) => Ticks().Select(t => Svg.Label(Place(t.Value), bottom + 18, t.Text, "middle"));

    // 1, 2 or 5 times a power of ten, so that there are at most five.
    private static double Step(double range)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / 5)));
        return power * ((range / 5 / power) switch { <= 1.000001 => 1, <= 2.000001 => 2, <= 5.000001 => 5, _ => 10 });
    }
}
