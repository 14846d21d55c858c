namespace Rag.Pdf.Layout;

/// <summary>What most of the text on the pages around looks like: headings and code differ from it.</summary>
/// <param name="Size">Its font size, at least 1.</param>
/// <param name="IsTyped">Whether it is in a font of fixed pitch, which then is no sign of code.</param>
internal readonly record struct BodyText(float Size, bool IsTyped)
{
    /// <summary>That of <paramref name="window"/>.</summary>
    public static BodyText Of(IReadOnlyList<PageLines> window) => new(SizeOn(window), IsTypedOn(window));

    private static bool IsTypedOn(IReadOnlyList<PageLines> window)
    {
        var (fixedPitch, all) = (0, 0);
        foreach (var page in window)
        {
            fixedPitch += page.FixedLength;
            all += page.Length;
        }

        return fixedPitch * 2 > all;
    }

    private static float SizeOn(IReadOnlyList<PageLines> window)
    {
        var lengths = new Dictionary<float, int>();
        var (body, most) = (10f, 0);
        foreach (var page in window)
        {
            foreach (var (size, length) in page.Sizes)
            {
                var sum = lengths[size] = lengths.GetValueOrDefault(size) + length;
                if (sum > most)
                {
                    (body, most) = (size, sum);
                }
            }
        }

        return MathF.Max(body, 1);
    }
}
