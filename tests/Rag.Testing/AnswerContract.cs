using System.Text.RegularExpressions;

namespace Rag.Testing;

/// <summary>What holds for every answer that leaves the library, whoever wrote it.</summary>
public static partial class AnswerContract
{
    /// <param name="answer">The answer.</param>
    /// <param name="byWords">Whether its words were compared alone; a judge may find a number in another form.</param>
    public static void Check(Answer answer, bool byWords = true)
    {
        Assert.Equal(answer.Abstained, answer.Reason is not null);
        Assert.Equal(answer.Abstained, answer.Citations.Count == 0);
        Assert.Equal(answer.Abstained, answer.Sentences.Count == 0);
        Assert.All(answer.Citations, citation => CheckCitation(answer, citation));
        Assert.All(answer.Sentences, sentence => CheckSentence(answer, sentence, byWords));
        Assert.Equal(answer.Citations.OrderBy(c => c.Mark), answer.Citations);
        Assert.All(answer.Sentences.Zip(answer.Sentences.Skip(1)), pair => Assert.True(pair.First.Span.End <= pair.Second.Span.Start));
        foreach (Match mark in Mark().Matches(answer.Text))
        {
            Assert.True(
                answer.Citations.Any(c => c.Mark == new TextSpan(mark.Index, mark.Index + mark.Length)) || answer.Citations.Any(c => c.Quote.Contains(mark.Value, StringComparison.Ordinal)),
                $"The mark {mark.Value} of '{answer.Text}' is neither a citation nor quoted.");
        }
    }

    private static void CheckCitation(Answer answer, Citation citation)
    {
        Assert.Equal($"[{citation.Number}]", citation.Mark.Of(answer.Text));
        Assert.Contains(answer.Passages, p => p.Number == citation.Number && p.Chunk == citation.Chunk);
        Assert.True(citation.Chunk.Span.Contains(citation.Source));
        Assert.Equal(citation.Source.Shift(-citation.Chunk.Span.Start).Of(citation.Chunk.Text), citation.Quote);
        Assert.False(string.IsNullOrWhiteSpace(citation.Quote));
        Assert.InRange(citation.Support, 0, 1);
    }

    private static void CheckSentence(Answer answer, AnswerSentence sentence, bool byWords)
    {
        Assert.InRange(sentence.Support, 0, 1);
        Assert.Equal(sentence.Supported, sentence.Citations.Count > 0);
        var text = sentence.Span.Of(answer.Text);
        var quotes = string.Join('\n', answer.Citations.Where(c => sentence.Span.Contains(c.Mark)).Select(c => c.Quote));
        Assert.Equal(sentence.Citations, answer.Citations.Where(c => sentence.Span.Contains(c.Mark)).Select(c => c.Number).Distinct().Order());
        if (sentence.Supported && byWords)
        {
            var held = Number().Matches(GroupComma().Replace(quotes, "")).Select(m => m.Value).ToHashSet();
            var words = GroupComma().Replace(Mark().Replace(text, " "), "");
            var claimed = Number().Matches(words, ListNumber().Match(words).Length).Select(m => m.Value);
            Assert.All(claimed, number => Assert.Contains(number, held));
        }
    }

    [GeneratedRegex(@"\[\d+(?:\s*[,;]\s*\d+)*\]")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<=\d),(?=\d)")]
    private static partial Regex GroupComma();

    [GeneratedRegex(@"\d+(?:\.\d+)*")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*\d+[.)]\s")]
    private static partial Regex ListNumber();
}
