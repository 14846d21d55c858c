namespace Rag.Api.Security;

/// <summary>What a key may do.</summary>
[Flags]
public enum ApiScope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Search passages, list documents and read them.</summary>
    Search = 1,

    /// <summary>Ask questions, keep conversations, run agents, and use the model behind the server.</summary>
    Ask = 2,

    /// <summary>Upload and delete documents.</summary>
    Write = 4,

    /// <summary>Rate answers.</summary>
    Feedback = 8,

    /// <summary>Read what was rated and measured, and the server's figures.</summary>
    Observe = 16,

    /// <summary>All of these.</summary>
    All = Search | Ask | Write | Feedback | Observe,
}
