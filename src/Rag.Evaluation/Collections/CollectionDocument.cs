namespace Rag.Evaluation.Collections;

/// <summary>One entry of a collection.</summary>
/// <param name="Id">Its id, unique in the collection.</param>
/// <param name="Title">Its title, or the empty string.</param>
/// <param name="Text">Its text, or the empty string.</param>
public sealed record CollectionDocument(string Id, string Title, string Text)
{
    /// <summary>The entry as a document, its text one paragraph.</summary>
    public Document ToDocument() => new(Id, Title, Text, []);
}

/// <summary>A query of a collection.</summary>
/// <param name="Id">Its id, unique in the collection.</param>
/// <param name="Text">What is asked.</param>
public sealed record CollectionQuery(string Id, string Text);
