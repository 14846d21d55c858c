using Microsoft.Extensions.AI;
using Rag.Testing;

namespace Rag.OpenAI.Tests;

public sealed class OpenAIChatClientContractTests : ToolChatClientContract, IDisposable
{
    private readonly OpenAIEndpoint _endpoint = new FakeServer(SmallModel.Answer).Endpoint();

    public void Dispose() => _endpoint.Dispose();

    protected override Task<IChatClient> CreateAsync() => Task.FromResult<IChatClient>(new OpenAIChatClient(_endpoint, SmallModel.Name));
}
