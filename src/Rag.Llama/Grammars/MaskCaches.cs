using System.Runtime.CompilerServices;

namespace Rag.Llama.Grammars;

/// <summary>The masks of a grammar, for each vocabulary it is used with and as long as that lives.</summary>
internal sealed class MaskCaches(GrammarMatcher matcher)
{
    private readonly ConditionalWeakTable<GrammarVocabulary, MaskCache> _caches = [];

    public MaskCache For(GrammarVocabulary vocabulary) => _caches.GetValue(vocabulary, key => new MaskCache(matcher, key));
}
