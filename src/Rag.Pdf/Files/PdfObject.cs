namespace Rag.Pdf.Files;

/// <summary>One of the basic objects of ISO 32000-2, 7.3. The null object is <see langword="null"/>. Immutable, safe for concurrent use.</summary>
internal abstract class PdfObject
{
    private protected PdfObject()
    {
    }
}

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class PdfBoolean(bool value) : PdfObject
{
    public bool Value => value;
}

/// <summary>An integer or a real number.</summary>
internal sealed class PdfNumber(double value) : PdfObject
{
    public double Value => value;
}

/// <summary>A name without its slash, its <c>#</c> escapes resolved; bytes above 127 as UTF-8 where they are, else as Latin-1.</summary>
internal sealed class PdfName(string value) : PdfObject
{
    public string Value => value;
}

/// <summary>A string: bytes, already decrypted. Text strings (7.9.2.2) are read with <see cref="ToText"/>.</summary>
internal sealed class PdfString(byte[] bytes) : PdfObject
{
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>As a text string: UTF-16 or UTF-8 by its byte order mark, else PDFDocEncoding; language escapes removed.</summary>
    public string ToText() => TextString.Decode(bytes);
}

/// <summary>A pointer to an indirect object.</summary>
internal sealed class PdfReference(int number, int generation) : PdfObject
{
    public int Number => number;

    public int Generation => generation;
}
