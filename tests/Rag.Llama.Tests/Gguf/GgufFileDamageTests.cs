using Rag.Llama.Gguf;
using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Gguf;

/// <summary>Seeded random damage, mostly to the header, which is what is read.</summary>
public sealed class GgufFileDamageTests
{
    private const long MaxBytes = 64 << 20;

    [Theory]
    [InlineData("llama")]
    [InlineData("bert")]
    [InlineData("adapter")]
    public void Read_gives_a_file_or_a_GgufException_whatever_the_bytes(string kind)
    {
        var good = Good(kind);
        var header = good.Length - (int)new GgufBytes(good).Read().TensorBytes;
        var random = new Random(7);

        for (var i = 0; i < 3_000; i++)
        {
            var bad = good.ToArray();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                Damage(bad, random.Next(header), random);
            }

            Check(bad);
        }
    }

    [Fact]
    public void Read_gives_a_file_or_a_GgufException_for_noise_cuts_and_repeats()
    {
        foreach (var bad in Mutations.Of(Good("bert"), 400, seed: 11))
        {
            Check(bad);
        }
    }

    private static byte[] Good(string kind) => kind switch
    {
        "llama" => TinyModels.Llama(new() { Layers = 1, Width = 32, Heads = 2, FeedForward = 32 }).ToBytes(),
        "bert" => TinyModels.Reranker(new() { Layers = 1, Width = 32, Heads = 2, FeedForward = 32, Context = 32, Labels = ["a", "b"] }).ToBytes(),
        _ => TinyModels.Adapter(new(), rank: 4, alpha: 8, seed: 1).ToBytes(),
    };

    private static void Damage(byte[] bytes, int at, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                random.NextBytes(bytes.AsSpan(at, Math.Min(8, bytes.Length - at)));
                break;
            default:
                // what a count or a length would be
                BitConverter.TryWriteBytes(bytes.AsSpan(Math.Min(at, bytes.Length - 8)), 1UL << random.Next(64));
                break;
        }
    }

    private static void Check(byte[] bad)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotNull(GgufFile.Read(new MemoryStream(bad), "bad.gguf").Architecture);
        }
        catch (GgufException exception)
        {
            Assert.NotEmpty(exception.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
    }
}
