namespace Rag.Llama.Templates;

/// <summary>Templates for files that bring none, each told by the special tokens that its models were trained with.</summary>
internal static class BuiltInTemplates
{
    /// <summary>ChatML.</summary>
    public const string ChatMl =
        """
        {%- for message in messages -%}
        {{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<|im_start|>assistant\n' }}{%- endif -%}
        """;

    private const string Llama3 =
        """
        {{- bos_token }}
        {%- for message in messages -%}
        {{ '<|start_header_id|>' + message.role + '<|end_header_id|>\n\n' + message.content | trim + '<|eot_id|>' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{%- endif -%}
        """;

    private const string Gemma =
        """
        {{- bos_token }}
        {%- for message in messages -%}
        {%- if message.role == 'system' -%}{{ raise_exception('no system role') }}{%- endif -%}
        {{ '<start_of_turn>' + ('model' if message.role == 'assistant' else message.role) + '\n' + message.content | trim + '<end_of_turn>\n' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<start_of_turn>model\n' }}{%- endif -%}
        """;

    private const string Mistral =
        """
        {{- bos_token }}
        {%- for message in messages -%}
        {%- if message.role == 'user' -%}{{ '[INST] ' + message.content + '[/INST]' }}
        {%- elif message.role == 'assistant' -%}{{ ' ' + message.content + eos_token }}
        {%- else -%}{{ raise_exception('no system role') }}{%- endif -%}
        {%- endfor -%}
        """;

    private const string Phi =
        """
        {%- for message in messages -%}
        {{ '<|' + message.role + '|>\n' + message.content + '<|end|>\n' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<|assistant|>\n' }}{%- endif -%}
        """;

    private const string Zephyr =
        """
        {%- for message in messages -%}
        {{ '<|' + message.role + '|>\n' + message.content + eos_token + '\n' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<|assistant|>\n' }}{%- endif -%}
        """;

    private const string CommandR =
        """
        {{- bos_token }}
        {%- for message in messages -%}
        {{ '<|START_OF_TURN_TOKEN|>' + {'user': '<|USER_TOKEN|>', 'assistant': '<|CHATBOT_TOKEN|>'}.get(message.role, '<|SYSTEM_TOKEN|>') + message.content + '<|END_OF_TURN_TOKEN|>' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>' }}{%- endif -%}
        """;

    private const string DeepSeek =
        """
        {{- bos_token }}
        {%- for message in messages -%}
        {{ {'user': '<｜User｜>', 'assistant': '<｜Assistant｜>'}.get(message.role, '') + message.content + (eos_token if message.role == 'assistant' else '') }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<｜Assistant｜>' }}{%- endif -%}
        """;

    private const string Granite =
        """
        {%- for message in messages -%}
        {{ '<|start_of_role|>' + message.role + '<|end_of_role|>' + message.content + '<|end_of_text|>\n' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{ '<|start_of_role|>assistant<|end_of_role|>' }}{%- endif -%}
        """;

    private static readonly (string[] Tokens, string Template)[] ByTokens =
    [
        (["<|im_start|>"], ChatMl),
        (["<|start_header_id|>"], Llama3),
        (["<start_of_turn>"], Gemma),
        (["[INST]"], Mistral),
        (["<|START_OF_TURN_TOKEN|>"], CommandR),
        (["<｜User｜>"], DeepSeek),
        (["<|start_of_role|>"], Granite),
        (["<|end|>", "<|assistant|>"], Phi),
        (["<|assistant|>"], Zephyr),
    ];

    /// <summary>The first template all of whose tokens are there; null where there is none.</summary>
    public static string? Find(Func<string, bool> hasToken) => ByTokens.FirstOrDefault(t => t.Tokens.All(hasToken)).Template;
}
