using System.Runtime.CompilerServices;
using Rag.Analysis;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Texts;
using Rag.Generation;

namespace Rag.Quality;

/// <summary>Writers that answer as language models do, always and without saying how sure they are, for measuring the confidence that the pipeline finds for them.</summary>
internal static class ModelLikeWriters
{
    /// <summary>Finds the right sentence wherever there is one, and quotes the likeliest where there is none.</summary>
    public static IAnswerGenerator Obliging(IEnumerable<SquadArticle> articles)
    {
        var gold = articles.SelectMany(a => a.Paragraphs).SelectMany(p => p.Questions).ToLookup(q => q.Text, q => q.Answers, StringComparer.Ordinal);
        return new Writer((question, passages) => passages
            .SelectMany(p => SentenceSegmenter.Split(p.Chunk.Text, new(0, p.Chunk.Text.Length), p.Chunk.Language).Select(s => (Sentence: s.Of(p.Chunk.Text), p.Number)))
            .Where(s => gold[question].SelectMany(answers => answers).Any(answer => SquadAnswer.Holds(s.Sentence, answer)))
            .Select(s => $"{s.Sentence} [{s.Number}]")
            .FirstOrDefault());
    }

    /// <summary>Quotes the likeliest sentence and leaves out some of its words, one in four.</summary>
    public static IAnswerGenerator Careless() => new Writer((_, _) => null, text => string.Join(' ', text.Split(' ').Where((word, i) => i % 4 != 1 || word.Contains('[', StringComparison.Ordinal))));

    private sealed class Writer(Func<string, IReadOnlyList<Passage>, string?> write, Func<string, string>? change = null) : IAnswerGenerator
    {
        private readonly ExtractiveAnswerGenerator _likeliest = new(new() { MinConfidence = 0, MaxSentences = 1 });

        public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var text = write(question, passages);
            if (text is null)
            {
                var updates = await _likeliest.GenerateAsync(question, passages, options, cancellationToken).ToListAsync(cancellationToken);
                text = string.Concat(updates.OfType<AnswerUpdate.Words>().Select(w => w.Text));
            }

            yield return text.Length == 0 ? new AnswerUpdate.Abstention("There is nothing to quote.") : new AnswerUpdate.Words(change?.Invoke(text) ?? text);
        }
    }
}
