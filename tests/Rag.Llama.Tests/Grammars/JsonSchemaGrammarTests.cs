using System.Text.Json;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class JsonSchemaGrammarTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"]}""", """{"a": 1, "b": "x"}|{"a":1}|{"a":-20}""", """{}|{"b":"x"}|{"b":"x","a":1}|{"a":1,"c":2}|{"a":01}""")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{},"c":{}}}""", """{}|{"a":1}|{"b":1}|{"c":1}|{"a":1,"b":1}|{"a":1,"c":1}|{"b":1,"c":1}|{"a":1,"b":1,"c":1}""", """{"c":1,"a":1}|{,"a":1}|{"a":1,}""")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{},"c":{}},"required":["b"]}""", """{"b":1}|{"a":1,"b":1}|{"b":1,"c":1}|{"a":1,"b":1,"c":1}""", """{}|{"a":1}|{"c":1}|{"a":1,"c":1}""")]
    [InlineData("""{"type":"object","properties":{"ab":{"type":"null"}},"additionalProperties":{"type":"integer"}}""", """{}|{"ab":null}|{"ab":null,"a":1,"abc":2}|{"x":1}|{"":1}""", """{"ab":1}|{"x":null}|{"ab":null,"ab":1}|{"\u0061b":1}""")]
    [InlineData("""{"type":"object"}""", """{}|{"a":{"b":[1,null]}}|{ "a":1 }""", """[]|1""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"boolean"}}""", """{}|{"a":true,"b":false}""", """{"a":1}""")]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{}|{ }""", """{"a":1}""")]
    [InlineData("""{"required":["a"]}""", """{"a":[]}""", """{}|{"b":1}|1""")]
    [InlineData("""{"type":["string","null"]}""", "\"a\"|null|\"\"", "1|nul")]
    [InlineData("""{"type":"string","nullable":true}""", "\"a\"|null", "1")]
    [InlineData("""{"enum":["a\"b",1,null,{"x":[1,"中"]}]}""", "\"a\\\"b\"|1|null|{\"x\":[1,\"中\"]}", "2|\"a\"")]
    [InlineData("""{"type":"string","enum":["a",1]}""", "\"a\"", "1")]
    [InlineData("""{"const":"x"}""", "\"x\"", "\"y\"")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"boolean"}]}""", "1|true", "null")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{}},"oneOf":[{"required":["a"]},{"required":["b"]}]}""", """{"a":1}|{"b":1}|{"a":1,"b":1}""", "{}")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/base"},{"properties":{"b":{"type":"null"}},"required":["b"]}],"$defs":{"base":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}}}""", """{"a":1,"b":null}""", """{"a":1}|{"b":null}""")]
    [InlineData("""{"allOf":[{"minimum":3,"type":"number"},{"maximum":5,"type":"integer"}]}""", "3|5", "2|6|3.5")]
    [InlineData("""{"$ref":"#/definitions/list","definitions":{"list":{"type":"object","properties":{"next":{"$ref":"#/definitions/list"}}}}}""", """{}|{"next":{"next":{}}}""", """{"next":1}""")]
    [InlineData("""{"$defs":{"n":{"type":"object","properties":{"x":{"$ref":"#/$defs/n","nullable":true}},"required":["x"]}},"$ref":"#/$defs/n"}""", """{"x":null}|{"x":{"x":null}}""", """{}|{"x":{}}""")]
    [InlineData("""{"$defs":{"n":{"properties":{"x":{"allOf":[{"$ref":"#/$defs/n"}],"description":"d"}}}},"$ref":"#/$defs/n"}""", """{"x":{"x":{}}}""", """{"x":1}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3}""", "[1]|[1, 2,3]|[\n  1,\n  2\n]", "[]|[1,2,3,4]|[1,]")]
    [InlineData("""{"type":"array","items":{"type":"null"}}""", "[]|[null,null]|[ ]", "[1]")]
    [InlineData("""{"type":"array","maxItems":0}""", "[]", "[1]")]
    [InlineData("""{"type":"array"}""", "[]|[1,\"a\"]", "{}")]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}]}""", "[]|[1]|[1,\"a\"]", "[\"a\"]|[1,\"a\",1]")]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"null"},"minItems":1,"maxItems":3}""", "[1]|[1,\"a\"]|[1,\"a\",null]", "[]|[1,\"a\",1]|[1,\"a\",null,null]")]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":{"type":"null"},"minItems":3}""", "[1,null,null]|[1,null,null,null]", "[1,null]")]
    [InlineData("""{"type":"array","items":[{"type":"integer"}],"additionalItems":{"type":"null"}}""", "[]|[1,null,null]", "[null]")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"ab\"|\"\\n中\"|\"\\ud83d\\ude00😀\"", "\"a\"|\"abcd\"|\"\\ud83d\\ude00\"|\"\\ud83d\"")]
    [InlineData("""{"type":"string","minLength":2}""", "\"ab\"|\"abcd\"", "\"a\"")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2024-02-29\"|\"2000-02-29\"|\"2023-12-31\"|\"0001-01-01\"", "\"2023-02-29\"|\"1900-02-29\"|\"2023-04-31\"|\"2023-13-01\"|\"0000-01-01\"|\"2023-00-10\"")]
    [InlineData("""{"type":"string","format":"time"}""", "\"23:59:59Z\"|\"00:00:00.123+14:00\"", "\"24:00:00Z\"|\"12:00:60Z\"|\"12:00:00\"|\"12:00:00+14:01\"")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2024-02-29T12:00:00Z\"|\"2024-03-01T01:02:03.4-05:30\"", "\"2024-02-29\"|\"2024-02-30T12:00:00Z\"")]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"01234567-89ab-cdef-0123-456789ABCDEF\"", "\"0123\"|\"01234567-89ab-cdef-0123-456789ABCDEG\"")]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "0|1|0.5|1.00|0.0", "-0.5|1.01|2|1e5")]
    [InlineData("""{"type":"number","minimum":-2}""", "-2|-1.5|0|77.25|-0.1", "-2.1|-3")]
    [InlineData("""{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":11}""", "1|10", "0|11|-1")]
    [InlineData("""{"type":"string","format":"email"}""", "\"a@b\"|\"anything\"", "1")]
    [InlineData("""{"type":"integer","format":"int32"}""", "2147483647|-2147483648", "2147483648|-2147483649")]
    [InlineData("""{"type":["integer","string"],"x-other":1,"title":"t"}""", "1|\"a\"", "1.5")]
    [InlineData("true", "1|{}|[]|\"a\"|null|-1.5e-3", "x|01")]
    [InlineData("{}", "1|{}|[]|\"a\"|null", "x")]
    public void FromJsonSchema_accepts_what_fits_and_nothing_else(string schema, string accepted, string refused)
    {
        var grammar = Grammar.FromJsonSchema(JsonElement.Parse(schema));

        Assert.All(accepted.Split('|'), text => Assert.True(Texts.Matches(grammar, text), text));
        Assert.All(refused.Split('|'), text => Assert.False(Texts.Matches(grammar, text), text));
    }

    [Theory]
    [InlineData("""{"type":"integer","multipleOf":2}""", "#/multipleOf", "'multipleOf' is not supported")]
    [InlineData("""{"properties":{"a/b":{"not":{}}}}""", "#/properties/a~1b/not", "'not'")]
    [InlineData("""{"items":{"uniqueItems":true}}""", "#/items/uniqueItems", "'uniqueItems'")]
    [InlineData("""{"type":"object","patternProperties":{}}""", "#/patternProperties", "'patternProperties'")]
    [InlineData("""{"type":"text"}""", "#/type", "no type 'text'")]
    [InlineData("""{"type":"number","minimum":0.5}""", "#/minimum", "whole, inclusive bounds")]
    [InlineData("""{"type":"integer","minimum":5,"maximum":4}""", "#", "between 5 and 4")]
    [InlineData("""{"minLength":3,"maxLength":2}""", "#", "at least 3 and at most 2")]
    [InlineData("""{"minLength":-1}""", "#/minLength", "from 0 to")]
    [InlineData("""{"minItems":3,"prefixItems":[{}]}""", "#", "at least 3 items")]
    [InlineData("""{"pattern":"a(?=b)"}""", "#/pattern", "'(?'")]
    [InlineData("""{"pattern":"(a)\\1"}""", "#/pattern", "escape at character 3")]
    [InlineData("""{"pattern":"a^b"}""", "#/pattern", "'^' at character 1")]
    [InlineData("""{"pattern":"a","format":"date"}""", "#", "more than one of")]
    [InlineData("""{"$ref":"other.json"}""", "#/$ref", "not a JSON pointer")]
    [InlineData("""{"$ref":"#/$defs/x"}""", "#/$ref", "there is no '$defs'")]
    [InlineData("""{"enum":[]}""", "#/enum", "at least one element")]
    [InlineData("""{"type":"integer","enum":["a"]}""", "#", "None of the listed values")]
    [InlineData("""{"enum":[1],"minimum":3}""", "#/minimum", "beside listed values")]
    [InlineData("""{"properties":{"a":false},"required":["a"]}""", "#/properties/a", "Nothing fits")]
    [InlineData("""{"properties":{"a":{}},"required":["b"],"additionalProperties":false}""", "#/required", "'b' is required")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"null"}]}""", "#/allOf/1", "share no 'type'")]
    [InlineData("""{"allOf":[{"pattern":"a"},{"pattern":"b"}]}""", "#/allOf/1", "'pattern'")]
    [InlineData("""{"allOf":[{"properties":{"a":{}},"additionalProperties":false},{"properties":{"b":{}}}]}""", "#/allOf/1", "declare 'b'")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b","minLength":1},"b":{"$ref":"#/$defs/a","maxLength":2}},"$ref":"#/$defs/a"}""", null, "circle")]
    [InlineData("3", "#", "object or a boolean")]
    public void ToGbnf_names_the_place_of_what_it_cannot_say(string schema, string? path, string part)
    {
        var exception = Assert.Throws<GrammarException>(() => JsonSchemaGrammar.ToGbnf(JsonElement.Parse(schema)));

        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Assert.Equal(path ?? exception.SchemaPath, exception.SchemaPath);
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "can never end")]
    [InlineData("""{"$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"required":["n"]}},"$ref":"#/$defs/n"}""", "can never end")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"null"}]}""", "start with itself")]
    public void FromJsonSchema_refuses_recursion_that_no_text_fits(string schema, string part)
    {
        Assert.Contains(part, Assert.Throws<GrammarException>(() => Grammar.FromJsonSchema(JsonElement.Parse(schema))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToGbnf_refuses_schemas_that_grow_while_they_are_joined()
    {
        var schema = """{"$defs":{"n":{"properties":{"x":{"allOf":[{"$ref":"#/$defs/n"},{"properties":{"x":{"allOf":[{"$ref":"#/$defs/n"}]}}}]}}}},"$ref":"#/$defs/n"}""";

        Assert.ThrowsAny<GrammarException>(() => Grammar.FromJsonSchema(JsonElement.Parse(schema)));
    }

    [Theory]
    [InlineData("{\"a\":1}", true)]
    [InlineData("{\n  \"a\": [\n    1,\n    {}\n  ]\n}", true)]
    [InlineData("{\"a\":  1}", false)]
    [InlineData("{\n\n\"a\":1}", false)]
    [InlineData("{\"a\" :1}", false)]
    [InlineData("{\"a\":1} ", false)]
    [InlineData("[1]", false)]
    [InlineData("{\"a\":\"\u0001\"}", false)]
    [InlineData("{\"a\":1234567890123456789}", false)]
    public void AnyObject_takes_objects_with_bounded_white_space(string text, bool fits)
    {
        Assert.Equal(fits, Texts.Matches(Grammar.FromJsonSchema(JsonElement.Parse("""{"type":"object"}""")), text));
    }
}
