using System.ClientModel.Primitives;

namespace Rag.OpenAI.Transport;

/// <summary>Puts the key on each request, where there is one.</summary>
internal sealed class KeyPolicy(string? key) : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Authorize(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Authorize(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Authorize(PipelineMessage message)
    {
        if (!string.IsNullOrEmpty(key))
        {
            message.Request.Headers.Set("Authorization", $"Bearer {key}");
        }
    }
}
