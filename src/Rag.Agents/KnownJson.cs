using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rag.Agents;

/// <summary>Reads and writes JSON by what options know of a type.</summary>
internal static class KnownJson
{
    /// <summary>The form of a type; of <see cref="object"/>, that of whatever a value is.</summary>
    /// <exception cref="NotSupportedException">The options know no such type.</exception>
    public static JsonTypeInfo<T> Of<T>(this JsonSerializerOptions options)
    {
        options.MakeReadOnly();
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
