namespace Rag.Agents;

/// <summary>One step of a run. Placeholder of the first commit.</summary>
public abstract record AgentStep;
