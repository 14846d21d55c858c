namespace Rag.Pdf.Files.Filters;

/// <summary>What a stream's dictionary says about its filters (7.3.8.2), with the short keys and names of inline images (8.9.7).</summary>
internal static class FilterChain
{
    /// <summary>The filters in the order in which they are undone.</summary>
    public static List<FilterStep> Of(PdfDictionary stream)
    {
        // F is a file specification in streams that are not inline, and that is never a name
        var filter = stream["Filter"] ?? stream["F"];
        var parameters = stream["DecodeParms"] ?? stream["DP"];
        var steps = new List<FilterStep>();
        if (filter is PdfName single)
        {
            steps.Add(new(single.Value, parameters as PdfDictionary ?? (parameters is PdfArray { Count: > 0 } a ? a[0] as PdfDictionary : null)));
        }
        else if (filter is PdfArray names)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i] is PdfName name)
                {
                    steps.Add(new(name.Value, parameters switch
                    {
                        PdfArray all when i < all.Count => all[i] as PdfDictionary,
                        PdfDictionary one when names.Count == 1 => one,
                        _ => null,
                    }));
                }
            }
        }

        return steps;
    }

    /// <summary>Whether a filter yields pixels: nothing that text could be read from.</summary>
    public static bool IsImage(string name) => name is "DCTDecode" or "DCT" or "JPXDecode" or "CCITTFaxDecode" or "CCF" or "JBIG2Decode";
}

/// <summary>One filter and its parameters.</summary>
internal readonly record struct FilterStep(string Name, PdfDictionary? Parameters);
