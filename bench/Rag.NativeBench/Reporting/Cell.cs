using System.Globalization;
using System.Text.Json;

namespace Rag.NativeBench.Reporting;

/// <summary>A text or a number in a table.</summary>
/// <param name="Text">The text, if it is one.</param>
/// <param name="Number">The number, if it is one.</param>
internal readonly record struct Cell(string? Text, double? Number)
{
    public static implicit operator Cell(string text) => new(text, null);

    public static implicit operator Cell(double number) => new(null, number);

    public static implicit operator Cell(int number) => new(null, number);

    public static implicit operator Cell(long number) => new(null, number);

    /// <summary>Three digits or so, which is more than any of these measurements is sure of.</summary>
    public override string ToString() => Text ?? (Number is not { } n ? ""
        : double.IsInteger(n) || Math.Abs(n) >= 1000 ? n.ToString("F0", CultureInfo.InvariantCulture)
        : n.ToString(Math.Abs(n) >= 100 ? "F1" : Math.Abs(n) >= 1 ? "F2" : "G3", CultureInfo.InvariantCulture));

    public void Write(Utf8JsonWriter json)
    {
        if (Number is { } number && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else if (Text is not null)
        {
            json.WriteStringValue(Text);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
