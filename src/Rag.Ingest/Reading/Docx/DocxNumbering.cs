using System.Text;
using System.Xml.Linq;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Docx;

/// <summary>Counts the numbered paragraphs of a document as Word does (ECMA-376 part 1, 17.9).</summary>
internal sealed class DocxNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<int, XElement> _abstracts;
    private readonly Dictionary<int, XElement> _instances;
    private readonly Dictionary<int, DocxLevel[]> _lists = [];
    private readonly Dictionary<int, int?[]> _counters = []; // by abstract list, which its instances share
    private readonly HashSet<(int List, int Level)> _restarted = [];

    public DocxNumbering(XElement? part)
    {
        _abstracts = ById(part.All("abstractNum"), "abstractNumId");
        _instances = ById(part.All("num"), "numId");
    }

    /// <summary>The mark of the next paragraph of that list at that level, such as <c>1.</c>, <c>1.2.a</c> or <c>-</c> for a bullet; <see langword="null"/> for no mark.</summary>
    public string? Next(int list, int level)
    {
        level = Math.Clamp(level, 0, Levels - 1);
        if (!_instances.TryGetValue(list, out var instance) || instance.Child("abstractNumId").OwnInt("val") is not { } shared)
        {
            return null;
        }

        if (!_lists.TryGetValue(list, out var levels))
        {
            _lists[list] = levels = LevelsOf(instance, shared);
        }

        if (!_counters.TryGetValue(shared, out var counters))
        {
            _counters[shared] = counters = new int?[Levels];
        }

        Count(list, level, levels, counters);
        return levels[level].Format == "none" ? null : levels[level].Format == "bullet" ? "-" : Mark(levels, level, counters);
    }

    private void Count(int list, int level, DocxLevel[] levels, int?[] counters)
    {
        for (var above = 0; above < level; above++)
        {
            counters[above] ??= levels[above].Start;
        }

        var restart = levels[level].Override is not null && _restarted.Add((list, level));
        counters[level] = restart ? levels[level].Override : counters[level] is { } current && current < int.MaxValue ? current + 1 : levels[level].Start;
        for (var below = level + 1; below < Levels; below++)
        {
            // lvlRestart n: only a level up to n starts this one again; 0: nothing does
            counters[below] = levels[below].RestartAfter is { } after && level >= after ? counters[below] : null;
        }
    }

    private static string? Mark(DocxLevel[] levels, int level, int?[] counters)
    {
        var mark = new StringBuilder();
        var text = levels[level].Text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 1 < text.Length && text[i + 1] is >= '1' and <= '9' and var digit)
            {
                var counted = digit - '1';
                mark.Append(NumberFormat.Of(counters[counted] ?? levels[counted].Start, levels[level].IsLegal ? "decimal" : levels[counted].Format));
                i++;
            }
            else
            {
                mark.Append(text[i]);
            }
        }

        return mark.ToString().Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    private DocxLevel[] LevelsOf(XElement instance, int shared)
    {
        var definition = _abstracts.GetValueOrDefault(shared);
        // a list may be defined by a style: then the definition is the one that gives that style
        if (definition.Child("numStyleLink").Own("val") is { } link)
        {
            definition = _abstracts.Values.FirstOrDefault(candidate => candidate.Child("styleLink").Own("val") == link) ?? definition;
        }

        var levels = Enumerable.Repeat(DocxLevel.Default, Levels).ToArray();
        foreach (var level in definition.All("lvl"))
        {
            if (level.OwnInt("ilvl") is { } index and >= 0 and < Levels)
            {
                levels[index] = DocxLevel.Of(level);
            }
        }

        foreach (var change in instance.All("lvlOverride"))
        {
            if (change.OwnInt("ilvl") is { } index and >= 0 and < Levels)
            {
                levels[index] = (change.Child("lvl") is { } level ? DocxLevel.Of(level) : levels[index]) with { Override = change.Child("startOverride").OwnInt("val") };
            }
        }

        return levels;
    }

    private static Dictionary<int, XElement> ById(IEnumerable<XElement> elements, string id) => elements.Where(e => e.OwnInt(id) is not null)
        .GroupBy(e => e.OwnInt(id)!.Value).ToDictionary(group => group.Key, group => group.First());
}

/// <summary>One level of a list.</summary>
/// <param name="Start">First number.</param>
/// <param name="Format">Number format, <c>bullet</c> or <c>none</c>.</param>
/// <param name="Text">The mark, in which <c>%1</c> stands for the number of the first level.</param>
/// <param name="IsLegal">All numbers are shown in decimal.</param>
/// <param name="RestartAfter">The levels below this one (from 1) start it again; <see langword="null"/> for every level above.</param>
/// <param name="Override">Where this instance of the list starts, or <see langword="null"/> to go on.</param>
internal sealed record DocxLevel(int Start, string Format, string Text, bool IsLegal, int? RestartAfter, int? Override)
{
    public static DocxLevel Default { get; } = new(1, "bullet", "", false, null, null);

    public static DocxLevel Of(XElement level) => new(
        level.Child("start").OwnInt("val") ?? 0,
        level.Child("numFmt").Own("val") ?? "decimal",
        level.Child("lvlText").Own("val") ?? "",
        level.Child("isLgl") is not null,
        level.Child("lvlRestart").OwnInt("val"),
        null);
}
