using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataMesh.Cue.Builtins.Templates;

/// <summary>Executes templates (the language of Go's text/template) on data.</summary>
internal sealed class TemplateRunner
{
    private const int MaxDepth = 200;
    private const int MaxOutput = 64 * 1024 * 1024;

    private readonly Dictionary<string, List<TemplateNode>> _definitions;
    private readonly StringBuilder _output = new();
    private readonly Action<int> _step;
    private int _depth;
    private long _computed;

    private TemplateRunner(Dictionary<string, List<TemplateNode>> definitions, Action<int> step) => (_definitions, _step) = (definitions, step);

    private enum Outcome
    {
        Next,
        Break,
        Continue,
    }

    /// <param name="template">The template.</param>
    /// <param name="data">What it is executed on.</param>
    /// <param name="step">Counts work; may throw.</param>
    public static string Execute(string template, object? data, Action<int> step)
    {
        (List<TemplateNode> body, Dictionary<string, List<TemplateNode>> definitions) = TemplateParser.Parse(template);
        TemplateRunner runner = new(definitions, step);
        runner.Run(body, data, new(null) { ["$"] = data });
        return runner._output.ToString();
    }

    private Outcome Run(List<TemplateNode> nodes, object? dot, Variables variables)
    {
        if (++_depth > MaxDepth)
            throw new BuiltinException("template: exceeded maximum template depth");
        Outcome outcome = Outcome.Next;
        for (int i = 0; i < nodes.Count && outcome == Outcome.Next; i++)
        {
            _step(1);
            if (_output.Length > MaxOutput)
                throw new BuiltinException("template: too much output");
            outcome = RunOne(nodes[i], dot, variables);
        }

        _depth--;
        return outcome;
    }

    private Outcome RunOne(TemplateNode node, object? dot, Variables variables)
    {
        switch (node)
        {
            case TextNode text:
                _output.Append(text.Text);
                return Outcome.Next;
            case OutputNode output:
                object? value = Evaluate(output.Pipeline, dot, variables);
                if (output.Pipeline.Variables.Count == 0)
                    _output.Append(value is null ? "<no value>" : TemplateValues.ToText(value));
                return Outcome.Next;
            case JumpNode jump:
                return jump.IsBreak ? Outcome.Break : Outcome.Continue;
            case InvokeNode invoke:
                if (!_definitions.TryGetValue(invoke.Name, out List<TemplateNode>? body))
                    throw invoke.Place.Fail($"template {Conversion.QuotedText.Quote(invoke.Name)} not defined");
                object? argument = invoke.Argument is null ? null : Evaluate(invoke.Argument, dot, variables);
                Run(body, argument, new(null) { ["$"] = argument });
                return Outcome.Next;
            case BlockNode { Kind: BlockKind.Range } range:
                return RunRange(range, dot, variables);
            default:
                BlockNode block = (BlockNode)node;
                Variables inner = new(variables);
                object? condition = Evaluate(block.Pipeline, dot, inner);
                return TemplateValues.IsTrue(condition)
                    ? Run(block.Body, block.Kind == BlockKind.With ? condition : dot, inner)
                    : Run(block.Otherwise, dot, inner);
        }
    }

    private Outcome RunRange(BlockNode range, object? dot, Variables variables)
    {
        Pipeline plain = new([], false, range.Pipeline.Commands);
        object? collection = Evaluate(plain, dot, variables);
        IEnumerable<KeyValuePair<object?, object?>> items = collection switch
        {
            List<object?> list => list.Select((item, i) => new KeyValuePair<object?, object?>((BigInteger)i, item)),
            SortedDictionary<string, object?> map => map.Select(member => new KeyValuePair<object?, object?>(member.Key, member.Value)),
            BigInteger count => Enumerable.Range(0, (int)BigInteger.Max(0, BigInteger.Min(count, int.MaxValue)))
                .Select(i => new KeyValuePair<object?, object?>((BigInteger)i, (BigInteger)i)),
            null => [],
            _ when ReferenceEquals(collection, TemplateValues.Missing) => [],
            _ => throw plain.Commands[0][0].Place.Fail($"range can't iterate over {TemplateValues.ToText(collection)}"),
        };

        bool isEmpty = true;
        foreach (KeyValuePair<object?, object?> item in items)
        {
            isEmpty = false;
            _step(1);
            Variables inner = new(variables);
            List<string> names = range.Pipeline.Variables;
            if (names.Count == 1)
                inner[names[0]] = item.Value;
            if (names.Count == 2)
                (inner[names[0]], inner[names[1]]) = (item.Key, item.Value);
            if (Run(range.Body, item.Value, inner) == Outcome.Break)
                break;
        }

        return isEmpty ? Run(range.Otherwise, dot, new(variables)) : Outcome.Next;
    }

    private object? Evaluate(Pipeline pipeline, object? dot, Variables variables)
    {
        object? value = null;
        for (int i = 0; i < pipeline.Commands.Count; i++)
            value = EvaluateCommand(pipeline.Commands[i], dot, variables, hasInput: i > 0, value);
        foreach (string name in pipeline.Variables)
        {
            if (pipeline.IsAssignment)
                variables.Assign(name, value);
            else
                variables[name] = value;
        }

        return value;
    }

    private object? EvaluateCommand(List<Operand> command, object? dot, Variables variables, bool hasInput, object? input)
    {
        Operand first = command[0];
        if (first.Kind != OperandKind.Function)
        {
            if (first.Kind == OperandKind.Nil)
                throw first.Place.Fail("nil is not a command");
            if (command.Count > 1 || hasInput)
                throw first.Place.Fail(first.Fields.Count > 0 ? $"{first.Fields[first.Fields.Count - 1]} is not a method but has arguments" : $"can't give argument to non-function {first.Place.Text}");
            return EvaluateOperand(first, dot, variables);
        }

        int count = command.Count - 1 + (hasInput ? 1 : 0);
        if (TemplateFunctions.WrongCount(first.Text, count) is { } wanted)
            throw first.Place.Fail($"wrong number of args for {first.Text}: want {wanted} got {count.ToString(CultureInfo.InvariantCulture)}");
        if (first.Text is "and" or "or")
            return EvaluateShortCircuit(command, dot, variables, hasInput, input);
        List<object?> arguments = [.. command.Skip(1).Select(operand => EvaluateOperand(operand, dot, variables))];
        if (hasInput)
            arguments.Add(input);
        if (first.Text == "printf" && arguments[0] is not string)
            throw command[1].Place.Fail($"expected string; found {TemplateValues.ToText(arguments[0])}");
        if (first.Text == "call")
            throw CommandPlace().Fail($"error calling call: non-function {command.ElementAtOrDefault(1)?.Place.Text} of type {TypeOf(0)}");
        try
        {
            object? result = TemplateFunctions.Call(first.Text, arguments, TypeOf);
            _step(1);
            // What is computed takes memory as what is written does.
            if (result is string text && (_computed += text.Length) > MaxOutput)
                throw new BuiltinException("template: too much output");
            return result;
        }
        catch (BuiltinException e)
        {
            throw CommandPlace().Fail($"error calling {first.Text}: {e.Message}");
        }

        TemplatePlace CommandPlace() => first.Place with { Text = string.Join(" ", command.Select(static operand => operand.Place.Text)) };

        // What is given has the integers of CUE, what is written or computed those of templates.
        string TypeOf(int index) => arguments[index] is BigInteger && index + 1 < command.Count && command[index + 1].Kind is OperandKind.Dot or OperandKind.Variable
            ? "int64"
            : TemplateValues.TypeName(arguments[index]);
    }

    /// <summary>The first argument that decides; those after it are not looked at.</summary>
    private object? EvaluateShortCircuit(List<Operand> command, object? dot, Variables variables, bool hasInput, object? input)
    {
        object? value = null;
        foreach (Operand operand in command.Skip(1))
        {
            value = EvaluateOperand(operand, dot, variables);
            if (TemplateValues.IsTrue(value) == (command[0].Text == "or"))
                return value;
        }

        return hasInput ? input : value;
    }

    private object? EvaluateOperand(Operand operand, object? dot, Variables variables)
    {
        object? value = operand.Kind switch
        {
            OperandKind.Dot => dot,
            OperandKind.Nil => null,
            OperandKind.Bool => operand.Text == "true",
            OperandKind.Number => TemplateValues.ReadNumber(operand.Text),
            OperandKind.Text => operand.Text,
            OperandKind.Variable => variables[operand.Text],
            OperandKind.Parenthesis => Evaluate(operand.Pipeline!, dot, variables),
            _ => EvaluateCommand([operand], dot, variables, hasInput: false, null),
        };
        foreach (string field in operand.Fields)
        {
            value = value switch
            {
                SortedDictionary<string, object?> map => map.TryGetValue(field, out object? member) ? member : TemplateValues.Missing,
                null => throw operand.Place.Fail($"nil pointer evaluating interface {{}}.{field}"),
                _ when ReferenceEquals(value, TemplateValues.Missing) => value,
                _ => throw operand.Place.Fail($"can't evaluate field {field} in type interface {{}}"),
            };
        }

        return value;
    }

    private sealed class Variables(Variables? outer)
    {
        private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

        public object? this[string name]
        {
            get => _values.TryGetValue(name, out object? value) ? value : outer?[name];
            set => _values[name] = value;
        }

        public void Assign(string name, object? value)
        {
            if (outer is null || _values.ContainsKey(name))
                _values[name] = value;
            else
                outer.Assign(name, value);
        }
    }
}
