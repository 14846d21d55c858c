using System.Text;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Support;

/// <summary>Answers made by hand, past the verifier.</summary>
internal static class Answers
{
    /// <summary>An answer of these sentences, each with what it quotes.</summary>
    public static Answer Of(params (string Statement, string[] Quotes)[] sentences)
    {
        var text = new StringBuilder();
        List<AnswerSentence> spans = [];
        List<Citation> citations = [];
        foreach (var (statement, quotes) in sentences)
        {
            var start = text.Length;
            text.Append(statement).Append('.');
            foreach (var quote in quotes)
            {
                var (at, chunk) = (text.Length, Passages.Chunk($"d{citations.Count}", quote));
                text.Append("[1]");
                citations.Add(new(1, new(at, text.Length), chunk, chunk.Span, quote, 1));
            }

            spans.Add(new(new(start, text.Length), true, 1, [1]));
            text.Append(' ');
        }

        return new("?", text.ToString()) { Sentences = spans, Citations = citations };
    }
}
