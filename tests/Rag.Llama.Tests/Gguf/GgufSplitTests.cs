using Rag.Llama.Gguf;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Gguf;

public sealed class GgufSplitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rag-gguf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_of_the_first_part_reads_all()
    {
        var first = Save(0, 2);
        var second = Save(1, 2);

        var file = GgufFile.Read(first);

        Assert.Equal([first, second], file.Paths);
        Assert.Equal(2, file.Tensors.Count);
        Assert.Equal(new FileInfo(first).Length + new FileInfo(second).Length, file.Bytes);
    }

    [Fact]
    public void Read_names_the_part_that_is_not_there()
    {
        var first = Save(0, 3);
        Save(1, 3);

        var exception = Assert.Throws<GgufException>(() => GgufFile.Read(first));

        Assert.Contains("download 'model-00003-of-00003.gguf' too", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_a_later_part_asks_for_the_first()
    {
        Save(0, 2);

        var exception = Assert.Throws<GgufException>(() => GgufFile.Read(Save(1, 2)));

        Assert.Contains("is part 2 of 2 of a model: open the first part", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_refuses_a_part_under_a_name_of_its_own()
    {
        var renamed = Path.Combine(folder, "renamed.gguf");
        File.Move(Save(0, 2), renamed);

        var exception = Assert.Throws<GgufException>(() => GgufFile.Read(renamed));

        Assert.Contains("'-00001-of-00002.gguf'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_refuses_parts_that_do_not_belong_together()
    {
        var first = Save(0, 2);
        File.Copy(first, Name(1, 2));

        Assert.Equal("split.no", Assert.Throws<GgufException>(() => GgufFile.Read(first)).Key);

        Save(1, 2, tensors: 2);
        Assert.Equal("split.tensors.count", Assert.Throws<GgufException>(() => GgufFile.Read(first)).Key);
    }

    [Fact]
    public void Read_refuses_a_cut_off_part()
    {
        var first = Save(0, 2);
        using (var second = File.OpenWrite(Save(1, 2)))
        {
            second.SetLength(second.Length - 32);
        }

        Assert.Equal(Name(1, 2), Assert.Throws<GgufException>(() => GgufFile.Read(first)).Path);
    }

    private string Name(int index, int count) => Path.Combine(folder, $"model-{index + 1:D5}-of-{count:D5}.gguf");

    private string Save(int index, int count, int tensors = 1)
    {
        var writer = new GgufWriter()
            .Set("general.architecture", "made-up")
            .Set("split.no", (uint)index)
            .Set("split.count", (uint)count)
            .Set("split.tensors.count", (uint)count);
        for (var i = 0; i < tensors; i++)
        {
            writer.Tensor($"part.{index}.{i}", TensorType.F32, piece => piece.Clear(), 32);
        }

        writer.Save(Name(index, count));
        return Name(index, count);
    }
}
