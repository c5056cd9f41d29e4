using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>A parameter of a builtin function.</summary>
/// <param name="choices">For a text that has to be one of several: these, in CUE syntax, and which they are.</param>
internal readonly struct BuiltinParameter(CueKind kind, bool allowsNonConcrete = false, BuiltinChoices? choices = null)
{
    /// <summary>What a text has to be; null for any. Errors do not place one that is not known.</summary>
    public BuiltinChoices? Choices { get; } = choices;

    /// <summary>What an argument can be.</summary>
    public CueKind Kind { get; } = kind;

    /// <summary>Whether the function takes types, bounds and other values that are not concrete, such as a schema.</summary>
    public bool AllowsNonConcrete { get; } = allowsNonConcrete;

    /// <summary>Whether the argument is what values are tried with: messages do not repeat it.</summary>
    public bool IsSchema { get; init; }

    /// <summary>Whether the function is given the elements of a list rather than the list.</summary>
    public bool TakesElements { get; init; } = kind == CueKind.List;

    /// <summary>Whether the function reads all of a list or struct at once: errors then tell which argument it is.</summary>
    public bool IsWhole { get; init; }

    public static implicit operator BuiltinParameter(CueKind kind) => new(kind);
}

/// <summary>The texts that an argument can be.</summary>
/// <param name="Text">How they are shown.</param>
/// <param name="Contains">Whether a text is one of them.</param>
internal sealed record BuiltinChoices(string Text, Func<string, bool> Contains);

/// <summary>Computes a builtin. Throw <see cref="Builtins.BuiltinException"/>, or return a bottom, to fail.</summary>
internal delegate Value BuiltinImplementation(CallContext call);

/// <summary>
/// A builtin function. One that returns bool also is a validator: called without its first argument, it checks
/// the value that it is unified with.
/// </summary>
internal sealed class Builtin(string package, string name, IReadOnlyList<BuiltinParameter> parameters, CueKind result, BuiltinImplementation implementation)
{
    /// <summary>The import path of the package; empty for predeclared functions.</summary>
    public string Package { get; } = package;

    public string Name { get; } = name;

    /// <summary>The name of a call or a validator that fails: <c>strings.Join</c>, <c>encoding/json.Marshal</c>, <c>len</c>.</summary>
    public string QualifiedName { get; } = package.Length == 0 ? name : package + "." + name;

    /// <summary>The function as a value, as it is shown: <c>strings.Join</c>, <c>"encoding/json".Marshal</c>, <c>len</c>.</summary>
    public string Text { get; } = package.IndexOf('/') < 0 ? (package.Length == 0 ? name : package + "." + name) : Literals.Quote(package) + "." + name;

    public IReadOnlyList<BuiltinParameter> Parameters { get; } = parameters;

    /// <summary>The parameter of an argument, which may be one of any number.</summary>
    public BuiltinParameter Parameter(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];

    /// <summary>What the function returns.</summary>
    public CueKind Result { get; } = result;

    /// <summary>How many arguments a call must have at least; the others are optional.</summary>
    public int MinimumArguments { get; init; } = parameters.Count;

    /// <summary>Whether arguments can be left out at the end.</summary>
    public bool HasOptional => MinimumArguments < Parameters.Count;

    /// <summary>Whether any number of arguments may follow the parameters; each is like the last one.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>Whether the function only exists as a validator (<c>matchN</c>).</summary>
    public bool IsValidatorOnly { get; init; }

    /// <summary>Whether an argument may be a disjunction that nothing has decided.</summary>
    public bool TakesDisjunction { get; init; }

    /// <summary>Whether all that the function needs of a list is how many elements it has.</summary>
    public bool OnlyCounts { get; init; }

    /// <summary>Whether arguments are handed over unevaluated: see <see cref="CallContext.Expressions"/>.</summary>
    public bool IsLazy { get; init; }

    /// <summary>The kinds that the validator form can hold for.</summary>
    public CueKind ValidatedKind => Parameters.Count > 0 && !IsValidatorOnly ? Parameters[0].Kind : CueKind.Top;

    /// <summary>Whether leaving out the first argument gives a validator.</summary>
    public bool CanValidate => IsValidatorOnly || (Result == CueKind.Bool && Parameters.Count > 0);

    /// <summary>Whether the arguments of the validator form can be schemas.</summary>
    public bool TakesSchemas { get; } = parameters.Any(static parameter => parameter.AllowsNonConcrete);

    /// <summary>Whether values are tried with an argument.</summary>
    public bool HasSchema { get; } = parameters.Any(static parameter => parameter.IsSchema);

    /// <summary>What is wrong with the arguments of a validator that no value is needed to tell, beside what the parameters say.</summary>
    public Func<CallContext, Bottom?>? Misfit { get; init; }

    /// <summary>How much of its texts a function goes over in one step of the budget.</summary>
    private const int UnitsPerStep = 256;

    /// <summary>Runs the function on checked arguments; failures come back as bottom.</summary>
    public Value Invoke(CallContext call)
    {
        // Most functions go over their texts once.
        foreach (var argument in call.Arguments)
            call.Step(argument switch { StringConstant text => text.Value.Length, BytesConstant bytes => bytes.Value.Length, _ => 0 } / UnitsPerStep);
        try
        {
            return implementation(call);
        }
        catch (Builtins.BuiltinException exception)
        {
            return new Bottom(CueErrorCode.Eval, exception.Message) { Reason = exception.Reason };
        }
        catch (CallException exception)
        {
            return exception.Error;
        }
    }
}

/// <summary>Ends a call with an error value, such as that of an argument.</summary>
internal sealed class CallException(Bottom error) : Exception(error.Message)
{
    public Bottom Error { get; } = error;
}

/// <summary>A standard package.</summary>
internal abstract class BuiltinPackage
{
    /// <summary>The import path.</summary>
    public abstract string Path { get; }

    /// <summary>Functions by name.</summary>
    public abstract IEnumerable<Builtin> Functions { get; }

    /// <summary>Constants and types that are no functions, by name.</summary>
    public virtual IEnumerable<KeyValuePair<string, Value>> Constants => [];
}

/// <summary>The standard packages and the predeclared identifiers of a context.</summary>
internal sealed class BuiltinRegistry : Binding.IBuiltinCatalog
{
    private readonly Dictionary<string, Dictionary<string, Value>> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _predeclared = new(StringComparer.Ordinal);

    public BuiltinRegistry(IEnumerable<BuiltinPackage> packages)
    {
        PredeclaredTypes.AddTo(_predeclared);
        foreach (var function in CoreBuiltins.All)
            _predeclared.Add(function.Name, new FunctionValue(function));
        foreach (var package in packages)
        {
            var members = new Dictionary<string, Value>(StringComparer.Ordinal);
            foreach (var function in package.Functions)
                members.Add(function.Name, new FunctionValue(function));
            foreach (var constant in package.Constants)
                members.Add(constant.Key, constant.Value);
            _packages.Add(package.Path, members);
        }
    }

    public IEnumerable<string> Packages => _packages.Keys;

    public bool HasPackage(string path) => _packages.ContainsKey(path);

    public bool HasPredeclared(string name) => _predeclared.ContainsKey(name);

    public bool IsType(string name) => _predeclared.TryGetValue(name, out var value) && value is not FunctionValue;

    public Value Predeclared(string name) => _predeclared[name];

    /// <summary>A member of a standard package; true with null when the package has no such member.</summary>
    public bool TryGetMember(string path, string name, out Value? member)
    {
        member = null;
        if (!_packages.TryGetValue(path, out var members))
            return false;
        if (members.TryGetValue(name, out var found))
            member = found;
        return true;
    }
}
