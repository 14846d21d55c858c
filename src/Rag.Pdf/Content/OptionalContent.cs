using System.Collections.Concurrent;
using Rag.Pdf.Files;

namespace Rag.Pdf.Content;

/// <summary>Which optional content is on in the default configuration (8.11). Safe for concurrent use.</summary>
internal sealed class OptionalContent
{
    private const int Deepest = 16;
    private readonly ConcurrentDictionary<int, bool> _known = [];
    private readonly HashSet<int> _on;
    private readonly HashSet<int> _off;
    private readonly bool _isOn;
    private readonly bool _isUsed;

    /// <summary>From the catalogue's <c>OCProperties</c>.</summary>
    public OptionalContent(PdfDictionary? properties)
    {
        var configuration = properties?.Dictionary("D");
        _on = Numbers(configuration?.Array("ON"));
        _off = Numbers(configuration?.Array("OFF"));
        _isOn = configuration?.Name("BaseState") != "OFF";
        _isUsed = properties is not null && (_off.Count > 0 || !_isOn);
    }

    /// <summary>Whether content of this group or membership is shown.</summary>
    /// <param name="written">The value as it is written: groups are told apart by their references.</param>
    /// <param name="found">What it leads to.</param>
    public bool IsVisible(PdfObject? written, PdfObject? found)
    {
        if (!_isUsed || found is not PdfDictionary dictionary)
        {
            return true;
        }

        return written is PdfReference { Number: var number }
            ? _known.TryGetValue(number, out var known) ? known : _known[number] = IsVisible(number, dictionary)
            : IsVisible(-1, dictionary);
    }

    private static HashSet<int> Numbers(PdfArray? groups)
    {
        var numbers = new HashSet<int>();
        for (var i = 0; i < groups?.Count; i++)
        {
            if (groups.Raw(i) is PdfReference { Number: var number })
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    private bool IsVisible(int number, PdfDictionary dictionary)
    {
        if (dictionary.Name("Type") != "OCMD")
        {
            return IsOn(number);
        }

        if (dictionary.Array("VE") is { } expression)
        {
            return Evaluate(expression, 0);
        }

        var groups = dictionary["OCGs"] is PdfArray array ? Enumerable.Range(0, array.Count).Select(array.Raw) : [dictionary.Raw("OCGs")];
        var states = groups.OfType<PdfReference>().Select(g => IsOn(g.Number)).ToList();
        return states.Count == 0 || dictionary.Name("P") switch
        {
            "AllOn" => states.TrueForAll(on => on),
            "AnyOff" => states.Exists(on => !on),
            "AllOff" => states.TrueForAll(on => !on),
            _ => states.Exists(on => on),
        };
    }

    private bool IsOn(int number) => _isOn ? !_off.Contains(number) : _on.Contains(number);

    /// <summary>A visibility expression: And, Or, Not of groups and expressions.</summary>
    private bool Evaluate(PdfArray expression, int depth)
    {
        var operands = Enumerable.Range(1, Math.Max(0, expression.Count - 1));
        return depth > Deepest || (expression.Count > 0 ? expression[0] as PdfName : null)?.Value switch
        {
            "And" => operands.All(Operand),
            "Or" => operands.Any(Operand),
            "Not" => !operands.Take(1).All(Operand),
            _ => true,
        };

        bool Operand(int i) => expression[i] is PdfArray inner
            ? Evaluate(inner, depth + 1)
            : expression.Raw(i) is not PdfReference { Number: var number } || IsOn(number);
    }
}
