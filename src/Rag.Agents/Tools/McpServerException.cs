namespace Rag.Agents.Tools;

/// <summary>An MCP server cannot be used: it does not start, does not answer, or breaks the protocol. The message says which and what to do.</summary>
public sealed class McpServerException(string message, Exception? inner = null) : Exception(message, inner);
