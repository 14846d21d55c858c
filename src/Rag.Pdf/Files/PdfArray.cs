namespace Rag.Pdf.Files;

/// <summary>An array. Elements come resolved: a reference is followed, and what cannot be found or read is <see langword="null"/>.</summary>
internal sealed class PdfArray(IReadOnlyList<PdfObject?> items, IPdfObjects objects) : PdfObject
{
    public int Count => items.Count;

    public PdfObject? this[int index] => objects.Resolve(items[index]);

    /// <summary>The element as it is written, perhaps a <see cref="PdfReference"/>.</summary>
    public PdfObject? Raw(int index) => items[index];

    public double? Number(int index) => index < Count && this[index] is PdfNumber n ? n.Value : null;

    /// <summary>All elements as numbers, or <see langword="null"/> where one is something else or there are not <paramref name="count"/>.</summary>
    public double[]? Numbers(int count)
    {
        if (Count < count)
        {
            return null;
        }

        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            if (this[i] is not PdfNumber n)
            {
                return null;
            }

            numbers[i] = n.Value;
        }

        return numbers;
    }
}
