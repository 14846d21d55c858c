using System.Runtime.CompilerServices;
namespace Rag.Pdf.Layout;

/// <summary>Letters of one frame to runs: a letter goes on with the run before it where it stands next to it on the same baseline.</summary>
/// <param name="pool">Gives the runs.</param>
internal sealed class RunBuilder(RunPool pool)
{
    private const float MaxGap = 1.0f;          // of the size; wider gaps part columns and cells
    private const float MaxGapAtSpace = 1.4f;   // where a space was painted: justified lines
    private const float MaxOverlap = 0.45f;     // kerning, italics, accents
    private const float SameBase = 0.12f;       // of the size
    private const float Nudge = 0.3f;           // letters that touch are one word also where one of them is set lower, as in TeX's own name
    private const float Script = 0.62f;         // how far super- and subscripts are shifted at most

    private readonly List<Run> _runs = [];
    private Run? _current;

    [MethodImpl(HotPath.Options)]
    public void Add(in Glyph glyph)
    {
        if (_current is not null && IsDuplicate(glyph))
        {
            return;
        }

        if (_current is null || !Continues(_current, glyph))
        {
            _current = pool.Take();
            _runs.Add(_current);
        }

        _current.Add(glyph);
    }

    /// <summary>Says that white space was painted behind the last letter, and where.</summary>
    public void Space(float middle)
    {
        if (_current is not null)
        {
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_current.Glyphs)[^1].SpaceAfter = middle;
        }
    }

    public List<Run> Finish() => _runs;

    // bold by painting twice, letter by letter
    [MethodImpl(HotPath.Options)]
    private bool IsDuplicate(in Glyph glyph)
    {
        ref readonly var last = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_current!.Glyphs)[^1];
        return last.Text == glyph.Text
            && MathF.Abs(last.Base - glyph.Base) < 0.1f * glyph.Size
            && MathF.Abs(last.U0 - glyph.U0) < 0.15f * MathF.Max(last.U1 - last.U0, 0.2f * glyph.Size);
    }

    [MethodImpl(HotPath.Options)]
    private static bool Continues(Run run, in Glyph glyph)
    {
        var size = MathF.Max(run.Size, glyph.Size);
        var shift = MathF.Abs(glyph.Base - run.Base);
        var sameBase = shift <= SameBase * size;
        var isScript = !sameBase && shift <= Script * size
            && MathF.Min(run.Size, glyph.Size) < 0.88f * size
            && (glyph.Size < run.Size || run.Glyphs.Count <= 4);
        var gap = glyph.U0 - run.U1;
        if (!sameBase && !isScript && (shift > Nudge * size || gap > 0.12f * size || gap < -Nudge * size))
        {
            return false;
        }

        var max = (isScript ? 0.35f : glyph.AfterSpace ? MaxGapAtSpace : MaxGap) * size;
        if (gap <= max && gap >= -MaxOverlap * size)
        {
            return true;
        }

        if ((glyph.Style & GlyphStyle.RightToLeft) == 0 && !run.HasRightToLeft)
        {
            return false;
        }

        // right to left, painted in reading order: it goes on at the left; or a mark over a letter
        var left = run.U0 - glyph.U1;
        return (left <= max && left >= -MaxOverlap * size) || (glyph.U0 >= run.U0 - size && glyph.U1 <= run.U1 + size);
    }
}
