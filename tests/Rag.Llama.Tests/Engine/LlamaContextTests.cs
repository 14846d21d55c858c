using Rag.Llama.Engine;

namespace Rag.Llama.Tests.Engine;

/// <summary>What would end the process in llama.cpp is an exception here.</summary>
public sealed class LlamaContextTests
{
    [Fact]
    public async Task Token_sequence_row_or_batch_out_of_range_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var context = New(model);

        Assert.Throws<ArgumentOutOfRangeException>(() => context.Add(model.Vocabulary.Count, 0, 0, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Add(-1, 0, 0, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Add(260, 0, 4, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Copy(0, 4, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Remove(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Save(4));
        for (var i = 0; i < context.Batch.Capacity; i++)
        {
            context.Add(260, i, 0, false);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => context.Add(260, context.Batch.Capacity, 0, false));
    }

    [Fact]
    public async Task Logits_of_a_row_without_output_are_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var context = New(model);
        context.Add(260, 0, 0, false);
        context.Add(261, 1, 0, true);

        Assert.Equal(StepResult.Done, context.Decode());

        Assert.Throws<InvalidOperationException>(() => context.Logits(0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.Logits(2).Length);
        Assert.Equal(model.Vocabulary.Count, context.Logits(1).Length);
    }

    [Fact]
    public async Task Shared_beginning_gives_the_logits_of_reading_it_again()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var context = New(model);
        Read(context, [1, 260, 261, 262], 0, 0);
        var expected = context.Logits(3).ToArray();

        context.Copy(0, 1, 3);
        Read(context, [262], 3, 1);

        Assert.Equal(expected, context.Logits(0).ToArray(), (a, b) => Math.Abs(a - b) < TestModels.Rounding);
    }

    [Fact]
    public async Task Saved_state_gives_the_same_logits_in_another_sequence_and_a_damaged_one_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var context = New(model);
        using var other = New(model);
        Read(context, [1, 260, 261], 0, 0);
        var state = context.Save(0);
        Read(context, [262], 3, 0);
        var expected = context.Logits(0).ToArray();

        Assert.False(other.Restore(2, state.AsSpan(..(state.Length / 2))));
        Assert.True(other.Restore(2, state));
        Read(other, [262], 3, 2);

        Assert.Equal(expected, other.Logits(0).ToArray());
    }

    [Fact]
    public async Task Step_that_nobody_waits_for_is_stopped_and_can_be_computed_again()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        Assert.SkipWhen(TestModels.GpuLayers > 0, "Only the CPU backend asks.");
        using var abort = new AbortFlag();
        var parameters = ContextParameters.ForGeneration(model, TestModels.OneThread, 4);
        abort.WriteTo(ref parameters);
        using var context = new LlamaContext(model, parameters);
        context.Add(260, 0, 0, true);

        abort.Begin(() => true);
        var stopped = context.Decode();
        context.Remove(0, 0);
        abort.Begin(() => false);

        Assert.Equal((StepResult.Aborted, StepResult.Done), (stopped, context.Decode()));
    }

    [Fact]
    public async Task Rows_that_do_not_fit_change_nothing()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var context = New(model);
        for (var start = 0; start < context.Size; start += 128)
        {
            Read(context, [.. Enumerable.Repeat(260, 128)], start, 0);
        }

        context.Batch.Clear();
        context.Add(260, 0, 1, true);

        Assert.Equal(StepResult.NoRoom, context.Decode());
        Assert.True(context.Remove(0, 512));
        Assert.Equal(StepResult.Done, context.Decode());
    }

    [Fact]
    public async Task Engines_over_one_model_run_beside_each_other()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var first = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        using var second = new LlamaEngine(model, new() { Context = TestModels.OneThread });

        var texts = await Task.WhenAll(new[] { first, second, first, second }.Select(e => e.RunAsync(e.Request("Once upon a time", 50))));

        Assert.Single(texts.Select(t => t.Text).Distinct());
    }

    private static LlamaContext New(LlamaModel model) => new(model, ContextParameters.ForGeneration(model, TestModels.OneThread, 4));

    private static void Read(LlamaContext context, int[] tokens, int start, int sequence)
    {
        context.Batch.Clear();
        for (var i = 0; i < tokens.Length; i++)
        {
            context.Add(tokens[i], start + i, sequence, i == tokens.Length - 1);
        }

        Assert.Equal(StepResult.Done, context.Decode());
    }
}
