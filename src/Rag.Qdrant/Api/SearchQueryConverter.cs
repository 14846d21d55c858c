using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Qdrant.Api;

/// <summary>Writes a query in the form that Qdrant's <c>Query</c> takes.</summary>
internal sealed class SearchQueryConverter : JsonConverter<SearchQuery>
{
    public override SearchQuery Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A query is only ever sent.");

    public override void Write(Utf8JsonWriter writer, SearchQuery value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Fusion is not null)
        {
            writer.WriteString("fusion", value.Fusion);
        }
        else if (value.Rrf is not null)
        {
            writer.WritePropertyName("rrf");
            JsonSerializer.Serialize(writer, value.Rrf, QdrantJson.Default.Rrf);
        }
        else
        {
            writer.WritePropertyName("nearest");
            if (value.Words is not null)
            {
                JsonSerializer.Serialize(writer, value.Words, QdrantJson.Default.SparseVector);
            }
            else
            {
                writer.WriteStartArray();
                foreach (var number in value.Dense.Span)
                {
                    writer.WriteNumberValue(number);
                }

                writer.WriteEndArray();
            }

            if (value.Mmr is not null)
            {
                writer.WritePropertyName("mmr");
                JsonSerializer.Serialize(writer, value.Mmr, QdrantJson.Default.Mmr);
            }
        }

        writer.WriteEndObject();
    }
}
