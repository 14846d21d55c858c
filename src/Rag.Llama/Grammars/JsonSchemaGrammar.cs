using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Turns JSON Schema into GBNF: every text of the grammar is JSON that fits the schema.</summary>
public static class JsonSchemaGrammar
{
    /// <summary>The GBNF of the JSON texts that fit a schema of draft 7 or 2020-12, as far as it is understood.</summary>
    /// <remarks>
    /// <para>Understood: <c>type</c> (one or several), <c>properties</c>, <c>required</c>, <c>additionalProperties</c>, <c>items</c>, <c>prefixItems</c>, <c>additionalItems</c>,
    /// <c>minItems</c>, <c>maxItems</c>, <c>minLength</c>, <c>maxLength</c>, <c>pattern</c> (regular languages), <c>format</c> (date, time, date-time, uuid; others say nothing), <c>minimum</c> and <c>maximum</c>
    /// and their exclusive forms (exact for integers; whole inclusive bounds for numbers), <c>enum</c>, <c>const</c>, <c>anyOf</c>, <c>oneOf</c>, <c>allOf</c>, <c>$ref</c> within the
    /// document, recursion included, <c>nullable</c>, and the boolean schemas. Anything else that may change the meaning is refused.</para>
    /// <para>Narrower than the schema: properties come in declared order, and those not declared are refused unless <c>additionalProperties</c> is true or a schema, or the object declares
    /// none at all; without <c>type</c>, the keywords say which types are meant; after <c>prefixItems</c> nothing follows unless <c>items</c> says so; white space and digits are bounded.
    /// Wider: <c>oneOf</c> is taken as <c>anyOf</c>, and names of additional properties may repeat.</para>
    /// </remarks>
    /// <exception cref="GrammarException">A keyword is not supported, or nothing fits the schema; <see cref="GrammarException.SchemaPath"/> says where.</exception>
    public static string ToGbnf(JsonElement schema)
    {
        var writer = new GbnfWriter();
        var root = new SchemaConverter(schema, writer).ConvertAll(schema);
        return writer.Text(root);
    }
}
