using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Storage;

/// <summary>Any .NET string as valid JSON: half a surrogate pair has no form in UTF-8, so a text that holds one goes as a mark and base64 of its UTF-16.</summary>
internal sealed class AnyText : JsonConverter<string>
{
    private const char Mark = '\u0001';

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Decode(reader.GetString());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Encode(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Decode(reader.GetString())!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(Encode(value));

    private static string Encode(string value) =>
        value.StartsWith(Mark) || HasLoneSurrogate(value) ? Mark + Convert.ToBase64String(MemoryMarshal.AsBytes(value.AsSpan())) : value;

    private static string? Decode(string? text) =>
        text is [Mark, ..] ? new string(MemoryMarshal.Cast<byte, char>(Convert.FromBase64String(text[1..]))) : text;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
