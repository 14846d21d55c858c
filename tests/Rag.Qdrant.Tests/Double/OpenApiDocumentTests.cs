using System.Text.Json.Nodes;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests.Double;

public sealed class OpenApiDocumentTests
{
    private static readonly JsonNode Small = JsonNode.Parse("""
        {"components":{"schemas":{
           "Id":{"anyOf":[{"type":"integer","minimum":0},{"type":"string"}]},
           "Move":{"type":"object","required":["id"],"properties":{"id":{"$ref":"#/components/schemas/Id"},"way":{"type":"string","enum":["up","down"]},"note":{"anyOf":[{"$ref":"#/components/schemas/Note"},{"nullable":true}]}}},
           "Note":{"type":"object","properties":{"text":{"type":"string","minLength":2},"tags":{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true},"more":{"type":"object","additionalProperties":{"type":"number","maximum":1}},"any":{}}}}},
         "paths":{"/things/{id}":{"put":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Move"}}}},"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","properties":{"done":{"type":"boolean","nullable":true}}}}}}}}}}}
        """)!;

    [Theory]
    [InlineData("""{"id":1}""", null)]
    [InlineData("""{"id":"a","way":"up","note":null}""", null)]
    [InlineData("""{"id":1,"note":{"text":"ok","tags":["a","b"],"more":{"x":0.5},"any":[1,{"z":null}]}}""", null)]
    [InlineData("""{"way":"up"}""", "lacks 'id'")]
    [InlineData("""{"id":-1}""", "under the minimum of 0")]
    [InlineData("""{"id":1.5}""", "is no integer")]
    [InlineData("""{"id":1,"way":"left"}""", "none of")]
    [InlineData("""{"id":1,"way":null}""", "is no string")]
    [InlineData("""{"id":1,"notes":{}}""", "request.notes: is a field that the document does not know")]
    [InlineData("""{"id":1,"note":{"text":"x"}}""", "has 1 characters and needs 2")]
    [InlineData("""{"id":1,"note":{"tags":[]}}""", "has 0 elements and needs 1")]
    [InlineData("""{"id":1,"note":{"tags":["a","a"]}}""", "has an element twice")]
    [InlineData("""{"id":1,"note":{"tags":["a",2]}}""", "request.note.tags[1]: is no string but 2")]
    [InlineData("""{"id":1,"note":{"more":{"x":2}}}""", "over the maximum of 1")]
    public void A_request_is_held_against_its_schema(string body, string? fault)
    {
        var faults = new OpenApiDocument(Small).Faults("put", "/things/{id}", JsonNode.Parse(body)!);

        if (fault is null)
        {
            Assert.Empty(faults);
        }
        else
        {
            Assert.Contains(fault, string.Join('\n', faults), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("PUT", "/things/7", """{"done":null}""", "")]
    [InlineData("PUT", "/things/7", """{"done":1}""", "answer.done: is no boolean but 1")]
    [InlineData("GET", "/things/7", "{}", "The document has no GET /things/7.")]
    public void An_exchange_is_held_against_its_path(string method, string path, string answer, string fault)
    {
        var faults = new OpenApiDocument(Small).Faults(new QdrantExchange(method, path, JsonNode.Parse("""{"id":1}"""), 200, JsonNode.Parse(answer)!));

        Assert.Equal(fault, string.Join('\n', faults));
    }

    [Fact]
    public void A_word_that_is_not_checked_is_not_passed_over()
    {
        var document = JsonNode.Parse("""{"paths":{"/a":{"put":{"requestBody":{"content":{"application/json":{"schema":{"type":"string","pattern":"x"}}}}}}}}""")!;

        Assert.Throws<NotSupportedException>(() => new OpenApiDocument(document).Faults("put", "/a", JsonValue.Create("y")));
    }

    [Theory]
    [InlineData("""{"query":{"nearest":[1,0.5],"mmr":{"diversity":0.3}},"using":"v","limit":3,"filter":{"must":[{"key":"a","match":{"any":["x"]}}]}}""", null)]
    [InlineData("""{"limit":0}""", "minimum")]
    [InlineData("""{"limitt":1}""", "does not know")]
    [InlineData("""{"query":{"nearest":[1,"x"]}}""", "is no number")]
    [InlineData("""{"filter":{"muss":[]}}""", "muss")]
    public void Requests_are_held_against_the_published_API(string body, string? fault)
    {
        var faults = string.Join('\n', OpenApiDocument.Load(SharedData.Require("qdrant-openapi/openapi.json")).Faults("post", "/collections/{collection_name}/points/query", JsonNode.Parse(body)!));

        Assert.Equal(fault is null, faults.Length == 0);
        Assert.Contains(fault ?? "", faults, StringComparison.Ordinal);
    }
}
