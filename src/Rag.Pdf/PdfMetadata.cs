namespace Rag.Pdf;

/// <summary>What a file says about itself. <see langword="null"/> for what it does not say.</summary>
public sealed record PdfMetadata
{
    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>The authors, separated by commas where there are several.</summary>
    public string? Author { get; init; }

    /// <summary>What it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>Keywords as they are written.</summary>
    public string? Keywords { get; init; }

    /// <summary>The program in which the document was written.</summary>
    public string? Creator { get; init; }

    /// <summary>The program that made the PDF.</summary>
    public string? Producer { get; init; }

    /// <summary>The day on which the document was made, in the time zone of its maker.</summary>
    public DateOnly? Created { get; init; }

    /// <summary>The language of the text as a language tag, such as <c>en-US</c>.</summary>
    public string? Language { get; init; }
}
