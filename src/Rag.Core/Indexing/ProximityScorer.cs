namespace Rag.Indexing;

/// <summary>What chunks gain where words of the query stand together, by the formula of <see cref="KeywordModel.Proximity"/>. Not safe for concurrent use.</summary>
internal sealed class ProximityScorer(float weight, TermScorer scorer, IReadOnlyList<(WordPair Pair, float Idf)> pairs)
{
    /// <summary>How many of the best chunks are looked at: twice as many change figures in docs/results/retrieval.md in the third digit.</summary>
    public const int Candidates = 50;

    private const int Window = 8; // terms, the two included

    private readonly Dictionary<LiveSegment, (int[] Terms, Dictionary<int, List<Role>> Roles)> _roles = [];
    private readonly Sighting[] _sightings = new Sighting[pairs.Count];

    /// <summary>What each pair of words adds to a chunk, in the order of the query; pairs that do not stand together are left out.</summary>
    public IEnumerable<TermScore> Scores(LiveSegment live, int chunk)
    {
        Look(live, chunk);
        var inverseNorm = scorer.InverseNorm(live.Segment.Lengths[chunk]);
        for (var i = 0; i < pairs.Count; i++)
        {
            if (_sightings[i].Near > 0)
            {
                var most = weight * pairs[i].Idf;
                yield return new($"{pairs[i].Pair.First} {pairs[i].Pair.Second}", _sightings[i].Near, pairs[i].Idf, Bm25.Score(most, _sightings[i].Ordered, inverseNorm) + Bm25.Score(most, _sightings[i].Near, inverseNorm));
            }
        }
    }

    private void Look(LiveSegment live, int chunk)
    {
        Array.Fill(_sightings, Sighting.None);
        var (terms, roles) = RolesIn(live);
        var tokens = live.Segment.TokensOf(chunk);
        for (var place = tokens.IndexOfAny(terms); place >= 0; place = NextOfAny(tokens, terms, place + 1))
        {
            foreach (var role in roles[tokens[place]])
            {
                _sightings[role.Pair].See(role.IsFirst, place);
            }
        }
    }

    private static int NextOfAny(ReadOnlySpan<int> tokens, int[] terms, int from) => tokens[from..].IndexOfAny(terms) is >= 0 and var next ? from + next : -1;

    private (int[] Terms, Dictionary<int, List<Role>> Roles) RolesIn(LiveSegment live)
    {
        if (!_roles.TryGetValue(live, out var known))
        {
            Dictionary<int, List<Role>> roles = [];
            for (var i = 0; i < pairs.Count; i++)
            {
                if (Find(live, pairs[i].Pair.First) is >= 0 and var first && Find(live, pairs[i].Pair.Second) is >= 0 and var second)
                {
                    Add(roles, first, new(i, IsFirst: true));
                    Add(roles, second, new(i, IsFirst: false));
                }
            }

            _roles.Add(live, known = ([.. roles.Keys], roles));
        }

        return known;
    }

    private static int Find(LiveSegment live, string term) => live.Terms.Find(term, string.GetHashCode(term));

    private static void Add(Dictionary<int, List<Role>> roles, int term, Role role)
    {
        if (!roles.TryGetValue(term, out var list))
        {
            roles.Add(term, list = []);
        }

        list.Add(role);
    }

    private readonly record struct Role(int Pair, bool IsFirst);

    private struct Sighting
    {
        public static readonly Sighting None = new() { _first = -Window, _second = -Window };

        private int _first; // where each was seen last
        private int _second;

        /// <summary>How often the second follows the first.</summary>
        public int Ordered { get; private set; }

        /// <summary>How often one stands within the window after the other.</summary>
        public int Near { get; private set; }

        public void See(bool isFirst, int place)
        {
            Near += place - (isFirst ? _second : _first) < Window ? 1 : 0;
            Ordered += !isFirst && place - _first == 1 ? 1 : 0;
            (_first, _second) = isFirst ? (place, _second) : (_first, place);
        }
    }
}
