using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>Finds and opens the program embedded in a font.</summary>
internal static class FontProgram
{
    /// <summary>Whether a descriptor embeds one.</summary>
    public static bool IsIn(PdfDictionary? descriptor) => Stream(descriptor) is not null;

    /// <summary>The program, or <see langword="null"/> where there is none that can be read.</summary>
    public static IFontProgram? Read(PdfDictionary? descriptor, PdfWarnings warnings)
    {
        if (Stream(descriptor) is not { } stream)
        {
            return null;
        }

        try
        {
            using var bytes = stream.Decode();
            return Open(bytes.Span.ToArray());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            warnings.Add($"An embedded font program could not be read: {e.Message}");
            return null;
        }
    }

    /// <summary>The program in <paramref name="bytes"/> by how they begin, since files name the wrong kind; <see langword="null"/> where it is none.</summary>
    public static IFontProgram? Open(ReadOnlyMemory<byte> bytes)
    {
        var program = new FontBytes(bytes);
        return program.U32(0) switch
        {
            0x00010000 or 0x00020000 or 0x74727565 or 0x4F54544F or 0x74746366 => new TrueTypeProgram(program), // the last three: true, OTTO, ttcf
            >= 0x25210000 and < 0x25220000 or >= 0x80010000 and < 0x80020000 => Type1Program.Read(bytes.Span), // %! or the mark of a PFB segment
            >= 0x01000000 and < 0x02000000 => CffProgram.Read(program),
            _ => null,
        };
    }

    private static PdfStream? Stream(PdfDictionary? descriptor) => descriptor?.Stream("FontFile2") ?? descriptor?.Stream("FontFile3") ?? descriptor?.Stream("FontFile");
}
