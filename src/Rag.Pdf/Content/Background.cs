namespace Rag.Pdf.Content;

/// <summary>Areas in the order in which they were painted, to see what lies under white text.</summary>
internal sealed class Background
{
    private const int Most = 20_000;
    private const float Least = 1;

    /// <summary>Looks at areas that one page may cost: far more than pages of white cells need.</summary>
    private int _looks = 20_000_000;
    private readonly List<(Rectangle Box, float Light)> _areas = [];

    /// <summary>Whether this is as good as white.</summary>
    public static bool IsWhite(float light) => light >= 0.95f;

    public void Add(in Rectangle box, float light)
    {
        if (box.Width >= Least && box.Height >= Least && _areas.Count < Most)
        {
            _areas.Add((box, light));
        }
    }

    /// <summary>Whether something white would not be seen at this place.</summary>
    public bool IsWhiteAt(float x, float y)
    {
        for (var i = _areas.Count - 1; i >= 0 && _looks > 0; i--, _looks--)
        {
            if (_areas[i].Box.Contains(x, y))
            {
                return _areas[i].Light > 0.9f;
            }
        }

        return _looks > 0;
    }
}
