using Rag.Citations;

namespace Rag.Ratings;

/// <summary>What a list of ratings says about answers, fit to learn from: liked texts are checked against their passages, and nothing is in it twice.</summary>
/// <param name="Answers">Liked and disliked answers in the order of the ratings.</param>
/// <param name="Pairs">
/// A correction or alternative before the answer that it was given for, and liked before disliked answers to the same prompt. Never made of answers to different prompts.
/// </param>
public sealed record JudgedAnswers(IReadOnlyList<JudgedAnswer> Answers, IReadOnlyList<PreferencePair> Pairs)
{
    /// <summary>Ratings that were read.</summary>
    public int Ratings { get; init; }

    /// <summary>Ratings that hold nothing to learn from: their texts were forgotten, or no passage was found for the question.</summary>
    public int WithoutTexts { get; init; }

    /// <summary>Liked texts with a sentence that no passage says; left out unless they were asked for.</summary>
    public int Unsupported { get; init; }

    /// <summary>Texts that were liked and disliked for the same prompt; left out, as they say nothing.</summary>
    public int Disputed { get; init; }

    /// <summary>Reads ratings and checks what people liked.</summary>
    /// <param name="ratings">The ratings of one tenant.</param>
    /// <param name="verifier">Checks liked texts and gives them the marks that they lack.</param>
    /// <param name="keepUnsupported">Whether liked texts stay, as they were written, that hold a sentence which no passage says. Training on them teaches to cite falsely.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<JudgedAnswers> OfAsync(IAsyncEnumerable<Rating> ratings, CitationVerifier verifier, bool keepUnsupported = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(verifier);
        var (read, without) = (0, 0);
        List<JudgedAnswer> judged = [];
        List<PreferencePair> preferred = [];
        await foreach (var rating in ratings.WithCancellation(cancellationToken))
        {
            read++;
            if (rating.Forgotten || rating.Answer.Passages.Count == 0)
            {
                without++;
                continue;
            }

            var shown = await JudgeAsync(rating, rating.Answer.Abstained ? Rating.Unanswerable : rating.Answer.Text, rating.Verdict == Verdict.Good, verifier, cancellationToken);
            judged.Add(shown);
            foreach (var text in new[] { rating.Correction, rating.Alternative }.OfType<string>())
            {
                var better = await JudgeAsync(rating, text, liked: true, verifier, cancellationToken);
                judged.Add(better);
                preferred.Add(new(better, shown));
            }
        }

        var disputed = judged.GroupBy(Key).Where(g => g.Select(a => a.Liked).Distinct().Count() > 1).Select(g => g.Key).ToHashSet();
        var undisputed = judged.Where(a => !disputed.Contains(Key(a))).DistinctBy(Key).ToList();
        List<JudgedAnswer> kept = [.. undisputed.Where(IsFit)];
        var across = kept.GroupBy(a => a.PromptText).SelectMany(g => g.Where(a => a.Liked).SelectMany(better => g.Where(a => !a.Liked).Select(worse => new PreferencePair(better, worse))));
        return new(kept, [.. preferred.Where(p => IsFit(p.Chosen) && !disputed.Contains(Key(p.Chosen)) && !disputed.Contains(Key(p.Rejected)) && p.Chosen.Text != p.Rejected.Text)
            .Concat(across).DistinctBy(p => (Key(p.Chosen), p.Rejected.Text))])
        {
            Ratings = read,
            WithoutTexts = without,
            Disputed = disputed.Count,
            Unsupported = undisputed.Count(a => a.Liked && !a.Supported),
        };

        bool IsFit(JudgedAnswer answer) => keepUnsupported || !answer.Liked || answer.Supported;
    }

    private static (string Prompt, string Text) Key(JudgedAnswer answer) => (answer.PromptText, answer.Text);

    private static async Task<JudgedAnswer> JudgeAsync(Rating rating, string text, bool liked, CitationVerifier verifier, CancellationToken cancellationToken)
    {
        if (!liked || string.IsNullOrWhiteSpace(text))
        {
            return new(rating.Id, rating.Answer, text.Trim(), liked, [], Supported: true);
        }

        var checkedAnswer = await verifier.VerifyAsync(rating.Answer.Question, text, rating.Answer.Passages, cancellationToken);
        var supported = !checkedAnswer.Abstained && checkedAnswer.Sentences.All(s => s.Supported);
        return new(rating.Id, rating.Answer, supported ? checkedAnswer.Text : text, liked, checkedAnswer.Citations, supported);
    }
}
