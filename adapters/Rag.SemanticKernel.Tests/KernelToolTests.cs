using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Rag.Llama.Grammars;
using KernelContext = Microsoft.SemanticKernel.FunctionInvocationContext;

namespace Rag.SemanticKernel.Tests;

public sealed class KernelToolTests
{
    private static readonly KernelPlugin Library = KernelPluginFactory.CreateFromFunctions("library",
    [
        KernelFunctionFactory.CreateFromMethod(
            (Kernel kernel, [Description("Title of the book.")] string title, int copies = 1) => new Loan($"{title} for {kernel.Data["reader"]}", copies), "lend", "Lends a book."),
        KernelFunctionFactory.CreateFromMethod((CancellationToken token) => token.ThrowIfCancellationRequested(), "close", "Closes."),
    ]);

    [Fact]
    public void Tool_has_name_description_and_schema_of_the_function()
    {
        var tool = Tool("lend", new Kernel());

        Assert.Equal(("library_lend", "Lends a book."), (tool.Name, tool.Description));
        Assert.Equal("object", tool.JsonSchema.GetProperty("type").GetString());
        Assert.Equal(["title", "copies"], tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.Equal("Title of the book.", tool.JsonSchema.GetProperty("properties").GetProperty("title").GetProperty("description").GetString());
        Assert.Equal(["title"], tool.JsonSchema.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public void Local_model_can_be_held_to_the_schema()
    {
        Assert.Contains("root", JsonSchemaGrammar.ToGbnf(Tool("lend", new Kernel()).JsonSchema), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_gets_the_arguments_and_the_kernel_and_gives_json()
    {
        var arguments = new AIFunctionArguments(JsonSerializer.Deserialize<Dictionary<string, object?>>("""{ "title": "Emma", "copies": 2 }""")!);

        var result = Assert.IsType<JsonElement>(await Tool("lend", KernelOf("Ada")).InvokeAsync(arguments));
        var byDefault = Assert.IsType<JsonElement>(await Tool("lend", KernelOf("Bo")).InvokeAsync(new() { ["title"] = "Emma" }));

        Assert.Equal(new("Emma for Ada", 2), result.Deserialize<Loan>(JsonSerializerOptions.Web));
        Assert.Equal(new("Emma for Bo", 1), byDefault.Deserialize<Loan>(JsonSerializerOptions.Web));
        Assert.Null(await Tool("close", new Kernel()).InvokeAsync());
    }

    [Fact]
    public async Task Filter_of_the_kernel_can_forbid_a_call_and_change_its_result()
    {
        var kernel = KernelOf("Ada");
        kernel.FunctionInvocationFilters.Add(new Guard());

        var allowed = Assert.IsType<JsonElement>(await Tool("lend", kernel).InvokeAsync(new() { ["title"] = "Emma" }));

        Assert.Equal("seen by the guard", allowed.GetString());
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await Tool("lend", kernel).InvokeAsync(new() { ["title"] = "forbidden" }));
    }

    [Fact]
    public async Task Cancelled_call_throws()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Tool("close", new Kernel()).InvokeAsync(cancellationToken: new(canceled: true)));
    }

    // When one of these fails, the library has been mended, and a kernel function with its kernel (WithKernel) can be the tool itself.
    [Fact]
    public async Task Librarys_own_function_called_as_a_tool_goes_past_the_filters()
    {
        var kernel = KernelOf("Ada");
        kernel.FunctionInvocationFilters.Add(new Guard());
        AIFunction own = Library["lend"].WithKernel(kernel);

        var result = Assert.IsType<JsonElement>(await own.InvokeAsync(new() { ["title"] = "forbidden" }));

        Assert.Equal("forbidden for Ada", result.Deserialize<Loan>(JsonSerializerOptions.Web)!.Text);
    }

    [Fact]
    public void Librarys_own_schema_has_a_word_that_json_schema_has_not()
    {
        Assert.Throws<GrammarException>(() => JsonSchemaGrammar.ToGbnf(Library["lend"].JsonSchema));
    }

    private static KernelTool Tool(string name, Kernel kernel) => new(Library[name], kernel);

    private static Kernel KernelOf(string reader) => new() { Data = { ["reader"] = reader } };

    private sealed record Loan(string Text, int Copies);

    private sealed class Guard : IFunctionInvocationFilter
    {
        public async Task OnFunctionInvocationAsync(KernelContext context, Func<KernelContext, Task> next)
        {
            if (context.Arguments["title"] is "forbidden")
            {
                throw new UnauthorizedAccessException("Not this book.");
            }

            await next(context);
            context.Result = new(context.Function, "seen by the guard");
        }
    }
}
