using System.Globalization;

namespace Rag.Ingest.Reading.Sheets;

/// <summary>A rectangle of cells.</summary>
/// <param name="Top">First row, from 1.</param>
/// <param name="Left">First column, from 0.</param>
/// <param name="Bottom">Last row.</param>
/// <param name="Right">Last column.</param>
internal readonly record struct CellRange(int Top, int Left, int Bottom, int Right)
{
    public const int MaxRow = 1 << 20; // of a sheet of Excel and of LibreOffice
    public const int MaxColumn = 1 << 14;

    /// <summary>The range that a reference such as <c>B2</c> or <c>$A$1:C3</c> names; <see langword="null"/> where it names none.</summary>
    public static CellRange? Parse(ReadOnlySpan<char> reference)
    {
        var colon = reference.IndexOf(':');
        return Cell(colon < 0 ? reference : reference[..colon]) is { } first && (colon < 0 ? first : Cell(reference[(colon + 1)..])) is { } last
            ? new(Math.Min(first.Row, last.Row), Math.Min(first.Column, last.Column), Math.Max(first.Row, last.Row), Math.Max(first.Column, last.Column))
            : null;
    }

    /// <summary>The row and column of a reference to one cell.</summary>
    public static (int Row, int Column)? Cell(ReadOnlySpan<char> reference)
    {
        var (row, column) = (0, 0);
        foreach (var c in reference)
        {
            if (char.IsAsciiLetter(c) && row == 0)
            {
                column = (column * 26) + (c & 0x1F);
            }
            else if (char.IsAsciiDigit(c))
            {
                row = (row * 10) + c - '0';
            }
            else if (c != '$')
            {
                return null;
            }

            if (row > MaxRow || column > MaxColumn)
            {
                return null;
            }
        }

        return row > 0 && column > 0 ? (row, column - 1) : null;
    }

    public bool Contains(CellRange other) => Top <= other.Top && Bottom >= other.Bottom && Left <= other.Left && Right >= other.Right;

    /// <summary>As Excel writes it: <c>A2:D2</c>, or <c>A2</c> for one cell.</summary>
    public override string ToString() => Top == Bottom && Left == Right ? Name(Top, Left) : $"{Name(Top, Left)}:{Name(Bottom, Right)}";

    private static string Name(int row, int column)
    {
        var letters = "";
        for (column++; column > 0; column = (column - 1) / 26)
        {
            letters = (char)('A' + ((column - 1) % 26)) + letters;
        }

        return letters + row.ToString(CultureInfo.InvariantCulture);
    }
}
