using LLama;
using LLama.Native;
using LLama.Sampling;
using Microsoft.Extensions.AI;
using Rag.Testing.Gguf;

namespace Rag.LLamaSharp.Tests;

public sealed class LoraFileTests
{
    private static readonly string Adapter = TestWeights.Write("adapter.gguf", p => TinyModels.SaveAdapter(p, TestWeights.ChatShape, alpha: 32));

    [Fact]
    public async Task Adapter_acts_as_in_a_context_of_the_librarys()
    {
        var plain = await TextAsync();
        var adapted = await TextAsync(new LoraFile(Adapter));

        Assert.Equal(LibraryText(1), adapted);
        Assert.Equal(LibraryText(0.25f), await TextAsync(new LoraFile(Adapter, 0.25f)));
        Assert.NotEqual(plain, adapted);
        Assert.Equal(plain, await TextAsync(new LoraFile(Adapter, 0)));
    }

    [Fact]
    public void File_that_is_no_adapter_for_the_model_is_refused()
    {
        var model = TestWeights.Write("no-adapter.gguf", p => TinyModels.SaveLlama(p));
        var other = TestWeights.Write("other-adapter.gguf", p => TinyModels.SaveAdapter(p, new() { Width = 32, Heads = 4, KeyValueHeads = 2 }));

        foreach (var path in new[] { model, other })
        {
            var error = Assert.Throws<InvalidDataException>(() => new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters, adapters: [new(path)]));
            Assert.StartsWith($"'{path}' is not a LoRA adapter for this model", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<FileNotFoundException>(() => new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters, adapters: [new(model + ".absent")]));
    }

    private static async Task<string> TextAsync(params LoraFile[] adapters)
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters, adapters: adapters);
        return (await client.GetResponseAsync("Hello", new() { Temperature = 0, MaxOutputTokens = 20 }, TestContext.Current.CancellationToken)).Text;
    }

    private static string LibraryText(float scale)
    {
        using var context = TestWeights.Chat.CreateContext(TestWeights.Parameters with { SeqMax = 1 });
        context.NativeHandle.SetLoraAdapters([(TestWeights.Chat.NativeHandle.LoadLoraFromFile(Adapter), scale)]);
        using var greedy = new GreedySamplingPipeline();
        var decoder = new StreamingTokenDecoder(context);
        var tokens = context.Tokenize("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n", special: true);
        for (var (count, position) = (0, 0); count < 20; count++)
        {
            var batch = new LLamaBatch();
            batch.AddRange(tokens, position, LLamaSeqId.Zero, logitsLast: true);
            position += tokens.Length;
            Assert.Equal(DecodeResult.Ok, context.Decode(batch));
            var token = greedy.Sample(context.NativeHandle, batch.TokenCount - 1);
            if (token.IsEndOfGeneration(context.Vocab))
            {
                break;
            }

            decoder.Add(token);
            tokens = [token];
        }

        return decoder.Read();
    }
}
