using Rag.Storage;

namespace Rag.Api.Json;

/// <summary>One stored document, as <c>rag documents</c> prints it.</summary>
internal sealed record DocumentJson(string Id, string? Path, string Title, string MediaType, int Chunks, DateTimeOffset IngestedAt, IReadOnlyDictionary<string, string> Tags)
{
    public static DocumentJson Of(StoredDocument document) =>
        new(document.Id, document.Path, document.Title, document.MediaType, document.Chunks, document.IngestedAt, document.Tags);
}

/// <summary>What <c>rag delete</c> prints.</summary>
internal sealed record DeleteJson(int Deleted);
