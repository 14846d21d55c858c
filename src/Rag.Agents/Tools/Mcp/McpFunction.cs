using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace Rag.Agents.Tools.Mcp;

/// <summary>A tool of a server. Whatever the server does, the result is text.</summary>
internal sealed class McpFunction(ServerConnection server, string name, OfferedTool tool) : AIFunction
{
    public override string Name => name;

    public override string Description => tool.Description;

    public override JsonElement JsonSchema => tool.Schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return Text(await server.CallAsync(tool.Name, arguments.ToDictionary(), cancellationToken));
        }
        catch (McpServerException exception)
        {
            return exception.Message;
        }
    }

    private static string Text(CallToolResult result)
    {
        var parts = result.Content.Select(block => block switch
        {
            TextContentBlock text => text.Text,
            EmbeddedResourceBlock { Resource: TextResourceContents resource } => resource.Text,
            ResourceLinkBlock link => link.Uri,
            _ => $"({block.Type}, which cannot be shown)",
        });
        var shown = string.Join('\n', parts);
        shown = shown.Length == 0 && result.StructuredContent is { } structured ? structured.ToString() : shown;
        return $"{(result.IsError == true ? "Error: " : "")}{(shown.Length == 0 ? "The tool gave nothing." : shown)}";
    }
}
