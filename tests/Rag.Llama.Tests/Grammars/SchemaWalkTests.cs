using System.Text;
using System.Text.Json;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

/// <summary>What a model that chooses at random writes under a schema's mask.</summary>
public sealed class SchemaWalkTests
{
    private const int FirstPiece = 256;

    private static readonly byte[][] Pieces =
    [
        [.. "{\""u8], [.. "\": "u8], [.. "\", \""u8], [.. "\"}"u8], [.. "}}"u8], [.. "]}"u8], [.. "true"u8], [.. "null"u8], [.. " \n"u8], [.. "\u4e2d"u8],
        [0xB8, 0xAD], [0xF0, 0x9F], [0x98, 0x80, (byte)'"'], [.. "\\u00"u8], [.. "\\ud83d"u8], [.. "12"u8], [.. "-"u8], [.. "ab"u8],
    ];

    private static readonly GrammarVocabulary Vocabulary = Texts.Vocabulary(Pieces);

    [Fact]
    public void Walks_under_the_mask_fit_random_schemas()
    {
        var (whole, walks) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var schema = new RandomSchema(seed).Make();
            var grammar = Grammar.FromJsonSchema(schema);
            var validator = new SchemaValidator(schema);
            for (var walk = 0; walk < 4; walk++, walks++)
            {
                if (Walk(grammar, new Random(seed * 10 + walk)) is not { } text)
                {
                    continue;
                }

                whole++;
                Assert.True(validator.Fits(JsonElement.Parse(text)), $"{schema} does not fit {text}");
            }
        }

        Assert.True(whole > walks * 3 / 4, $"only {whole} of {walks} walks came to an end");
    }

    [Fact]
    public void Walks_under_the_mask_of_any_object_are_json_objects()
    {
        var whole = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            if (Walk(Grammar.FromJsonSchema(System.Text.Json.JsonElement.Parse("""{"type":"object"}""")), new Random(seed)) is { } text)
            {
                whole++;
                Assert.Equal(JsonValueKind.Object, JsonElement.Parse(text).ValueKind);
            }
        }

        Assert.True(whole > 40, $"only {whole} walks came to an end");
    }

    /// <summary>A random text, with a taste for the bytes that close something; null if it does not end soon.</summary>
    private static string? Walk(Grammar grammar, Random random)
    {
        var constraint = new GrammarConstraint(grammar, Vocabulary);
        var text = new List<byte>();
        for (var step = 0; step < 600; step++)
        {
            var allowed = Texts.Allowed(constraint, Vocabulary.Count);
            if (allowed.Contains(Vocabulary.Count - 1))
            {
                return Encoding.UTF8.GetString([.. text]);
            }

            var closing = allowed.FindAll(token => token is '"' or '}' or ']');
            var choice = closing.Count > 0 && random.Next(2) == 0 ? closing : allowed;
            var token = choice[random.Next(choice.Count)];
            constraint.Accept(token);
            text.AddRange(token < FirstPiece ? [(byte)token] : Pieces[token - FirstPiece]);
        }

        return null;
    }
}
