using System.Text.Json;

namespace Rag.OpenAI.Transport;

/// <summary>Reading JSON of which any part may be missing.</summary>
internal static class JsonElements
{
    /// <summary>A property's value; <see langword="null"/> where it is missing or null.</summary>
    /// <exception cref="InvalidOperationException">This is no object.</exception>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
